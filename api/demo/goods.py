"""What the demo shop sells, and where."""

from dataclasses import dataclass

from api.demo.story import Language

CURRENCY = "CNY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One of the chain's stores."""

    id: str
    name: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Something that is sold; the price is in fen (1/100 CNY)."""

    sku: str
    en: str
    zh: str
    category: str
    price_minor: int
    warranty_months: int
    returnable: bool = True

    @property
    def name(self) -> str:
        """Return the name in both languages, as on the receipt."""
        return f"{self.zh} {self.en}"

    def say(self, language: Language) -> str:
        """Return the name in one language, as customers use it."""
        return self.zh if language == "zh" else self.en


STORES = (
    Shop(id="sh-nanjing-road", name="南京路店 Nanjing Road", city="上海 Shanghai"),
    Shop(id="sh-pudong", name="浦东店 Pudong", city="上海 Shanghai"),
    Shop(id="hz-westlake", name="西湖店 West Lake", city="杭州 Hangzhou"),
    Shop(id="sz-futian", name="福田店 Futian", city="深圳 Shenzhen"),
    Shop(id="bj-sanlitun", name="三里屯店 Sanlitun", city="北京 Beijing"),
)


def _article(  # one line of the list below
    sku: str, en: str, zh: str, category: str, yuan: int, months: int, *, back: bool = True
) -> Article:
    return Article(
        sku=sku,
        en=en,
        zh=zh,
        category=category,
        price_minor=yuan * 100,
        warranty_months=months,
        returnable=back,
    )


ARTICLES = {
    article.sku: article
    for article in (
        _article("KET-17", "Kettle 1.7 l", "电热水壶", "appliances", 159, 24),
        _article("RIC-05", "Rice cooker", "电饭煲", "appliances", 499, 24),
        _article("BLE-20", "Blender", "破壁机", "appliances", 899, 24),
        _article("COF-30", "Coffee machine", "咖啡机", "appliances", 2_680, 24),
        _article("VAC-80", "Robot vacuum cleaner", "扫地机器人", "appliances", 3_299, 24),
        _article("PHO-12", "Phone", "手机", "electronics", 4_599, 12),
        _article("EAR-02", "Earphones", "蓝牙耳机", "electronics", 399, 12),
        _article("TAB-10", "Tablet", "平板电脑", "electronics", 2_199, 12),
        _article("LAM-07", "Desk lamp", "台灯", "home", 189, 12),
        _article("PAN-28", "Frying pan", "平底锅", "home", 229, 6),
        _article("BED-15", "Bed linen", "四件套", "home", 359, 3),
        _article("COA-44", "Winter coat", "羽绒服", "clothing", 1_099, 3),
        _article("SHO-42", "Running shoes", "跑步鞋", "clothing", 569, 3),
        _article("DRE-38", "Dress", "连衣裙", "clothing", 329, 3),
        _article("UND-10", "Underwear set", "内衣套装", "hygiene", 129, 0, back=False),
        _article("MIL-24", "Milk, box of 24", "纯牛奶整箱", "food", 89, 0, back=False),
        _article("COO-12", "Biscuits, gift box", "曲奇礼盒", "food", 119, 0, back=False),
    )
}

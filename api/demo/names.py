"""Names for customers: Chinese ones with their spelling for e-mail addresses, and English ones."""

FAMILY_NAMES = (
    ("李", "li"), ("张", "zhang"), ("刘", "liu"), ("杨", "yang"), ("赵", "zhao"),
    ("黄", "huang"), ("周", "zhou"), ("吴", "wu"), ("徐", "xu"), ("孙", "sun"),
    ("胡", "hu"), ("朱", "zhu"), ("高", "gao"), ("何", "he"), ("郭", "guo"),
    ("马", "ma"), ("罗", "luo"), ("梁", "liang"), ("宋", "song"), ("郑", "zheng"),
)  # fmt: skip
GIVEN_NAMES = (
    ("伟", "wei"), ("芳", "fang"), ("娜", "na"), ("敏", "min"), ("静", "jing"),
    ("丽", "li"), ("强", "qiang"), ("洋", "yang"), ("艳", "yan"), ("勇", "yong"),
    ("杰", "jie"), ("娟", "juan"), ("涛", "tao"), ("明", "ming"), ("超", "chao"),
    ("秀兰", "xiulan"), ("霞", "xia"), ("平", "ping"), ("晓东", "xiaodong"), ("雨欣", "yuxin"),
)  # fmt: skip
ENGLISH_FIRST_NAMES = (
    "Alice", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Iris", "John",
    "Kate", "Liam", "Mary", "Noah", "Olivia", "Peter", "Rose", "Sam", "Tina", "Victor",
)  # fmt: skip
ENGLISH_LAST_NAMES = (
    "Adams", "Baker", "Carter", "Davies", "Evans", "Foster", "Green", "Hughes", "Ingram",
    "Jones", "King", "Lewis", "Morgan", "Nelson", "Owen", "Parker", "Reed", "Scott", "Turner",
    "Walker",
)  # fmt: skip

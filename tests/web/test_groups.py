"""Do administrators see who gets which work, and give it to the right people?"""

import re
import uuid
from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from api.demo.client import Client
from tests.web.harness import NARROW, screenshot
from tests.web.shop import raise_complaint, task_of

PageAs = Callable[..., Page]
DEMO = f"Basic {b64encode(b'demo:demo').decode()}"
WORDS = {
    "en": {
        "add": "Add a group",
        "create": "Add",
        "member": "Add a member",
        "remove": "Remove Bao Gang 鲍刚",
        "nobody": "One open task is offered to this group, and nobody is in it",
        "alone": "one open task waits for it alone",
    },
    "zh": {
        "add": "添加用户组",
        "create": "添加",
        "member": "添加成员",
        "remove": "移除 Bao Gang 鲍刚",
        "nobody": "有 1 个待办任务分配给该组，但组内没有成员",
        "alone": "有 1 个待办任务只分配给该组",
    },
}


def offer(page: Page, task_key: str, group: str) -> None:
    """Offer an open task to another group, as its supervisor may."""
    changes = {"changeset": {"candidateGroups": [group]}}
    headers = {"Authorization": DEMO}
    address = f"/v2/user-tasks/{task_key}"
    assert page.context.request.patch(address, data=changes, headers=headers).ok


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_is_put_into_a_new_group_sees_its_work(
    page_as: PageAs, shop: Client, lang: str
) -> None:
    words, group = WORDS[lang], f"store-{uuid.uuid4().hex[:6]}"
    admin = page_as("demo", "/groups", lang=lang)
    admin.get_by_role("button", name=words["add"]).press("Enter")
    expect(admin.get_by_role("dialog").get_by_role("textbox").first).to_be_focused()
    admin.keyboard.type("Store 7")
    admin.keyboard.press("Tab")
    admin.keyboard.type(group)
    admin.keyboard.press("Enter")
    panel = admin.get_by_role("dialog").filter(has_text=f"Store 7 ({group})")
    expect(panel).to_be_visible()

    task = task_of(shop, raise_complaint(shop, "Torn box"), "accept_complaint")
    other = page_as(None, "/")
    offer(other, task["userTaskKey"], group)
    admin.reload()
    expect(panel).to_contain_text(words["nobody"])
    panel.get_by_role("combobox", name=words["member"]).press_sequentially("Bao")
    expect(admin.get_by_role("option")).to_have_text(["Bao Gang 鲍刚 (bao)"])
    admin.keyboard.press("ArrowDown")
    admin.keyboard.press("Enter")
    expect(panel.get_by_role("button", name=words["remove"])).to_be_visible()
    expect(panel).to_contain_text(words["alone"])
    expect(panel).not_to_contain_text(words["nobody"])
    screenshot(admin, f"group-{lang}")

    page = page_as("bao", f"/work?q={task['businessId']}", lang=lang)
    expect(page.get_by_role("row").nth(1)).to_contain_text(task["businessId"])


def test_a_group_is_renamed_emptied_and_deleted(page_as: PageAs, shop: Client) -> None:
    group = f"store-{uuid.uuid4().hex[:6]}"
    shop.post("demo", "/v2/groups", {"groupId": group, "name": "Store 8"})
    shop.put("demo", f"/v2/groups/{group}/users/bao", {})
    page = page_as("demo", f"/groups?group={group}")
    panel = page.get_by_role("dialog")
    panel.get_by_label("Name", exact=True).fill("Shop 8")
    panel.get_by_role("button", name="Save").click()
    expect(page.locator(f'tr[data-key="{group}"]')).to_contain_text("Shop 8")

    panel.get_by_role("button", name="Remove Bao Gang 鲍刚").press("Enter")
    expect(panel).to_contain_text("Nobody is in it yet.")
    panel.get_by_role("button", name="Delete the group").press("Enter")
    panel.get_by_role("button", name="Delete it for good").press("Enter")

    expect(page.get_by_text("Deleted: Shop 8")).to_be_visible()
    expect(page.locator(f'tr[data-key="{group}"]')).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_group_of_a_role_shows_its_steps_and_keeps_an_administrator(
    page_as: PageAs, lang: str
) -> None:
    page = page_as("demo", "/groups", lang=lang)
    page.get_by_role("link", name={"en": "Finance", "zh": "财务"}[lang], exact=True).click()
    step = {"en": "Return and exchange ·", "zh": "退换货 ·"}[lang]
    expect(page.get_by_role("dialog").get_by_role("listitem").filter(has_text=step)).to_have_count(
        2
    )
    screenshot(page, f"groups-{lang}")

    page.goto("/groups?group=administrator")
    remove = re.compile({"en": "^Remove Demo", "zh": "^移除 Demo"}[lang])
    page.get_by_role("dialog").get_by_role("button", name=remove).click()

    kept = {"en": "Somebody has to stay administrator", "zh": "必须保留一位管理员"}[lang]
    expect(page.get_by_role("alert")).to_contain_text(kept)


def test_groups_are_for_administrators(page_as: PageAs) -> None:
    page = page_as("mei", "/groups")

    expect(page.get_by_role("alert")).to_contain_text("You may not do this")
    expect(page.get_by_role("link", name="Groups", exact=True)).to_have_count(0)


def test_a_group_fits_a_phone(page_as: PageAs) -> None:
    page = page_as("demo", "/groups?group=agent", viewport=NARROW)

    expect(page.get_by_role("combobox", name="Add a member")).to_be_visible()
    screenshot(page, "group-phone")

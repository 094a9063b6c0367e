"""The 120 cases of the demo: the mix that the service standard reports.

42 % product, 30 % service, 20 % after-sales, the rest other; 40 % come in online, 60 % of those
from e-commerce platforms.
"""

from api.demo.cast.after_sales import AFTER_SALES
from api.demo.cast.other import OTHER
from api.demo.cast.product import PRODUCT
from api.demo.cast.service import SERVICE
from api.demo.story import Story

STORIES: tuple[Story, ...] = tuple(
    sorted(PRODUCT + SERVICE + AFTER_SALES + OTHER, key=lambda story: story.begins_after)
)
"""Every case, in the order in which they begin."""

"""What tests of several folders share."""

pytest_plugins = ["tests.databases", "tests.sharing"]

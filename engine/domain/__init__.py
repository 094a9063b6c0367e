"""Pure values and state machines: standard library only, no clock, no input or output."""

package dev.ratchet.lm.jinja;

/** A function, method or macro that a template may call. */
interface Callable {
    Object call(Run run, Arguments arguments);
}

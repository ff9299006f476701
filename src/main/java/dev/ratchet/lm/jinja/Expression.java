package dev.ratchet.lm.jinja;

/** A parsed expression: gives a value from the names in scope. */
interface Expression {
    Object value(Scope scope);
}

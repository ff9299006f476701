package dev.ratchet.lm.jinja;

import java.util.Map;

/** What {@code namespace(...)} makes: attributes that a template may set from inside loops. */
record Namespace(Map<Object, Object> attributes) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

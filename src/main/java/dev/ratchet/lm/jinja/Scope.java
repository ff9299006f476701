package dev.ratchet.lm.jinja;

import java.util.HashMap;
import java.util.Map;

/** Names and their values; what is not here is looked for further out. */
final class Scope {
    private final Scope outer;
    private final Run run;
    private final Map<String, Object> names = new HashMap<>();

    Scope(Run run) {
        this.outer = null;
        this.run = run;
    }

    private Scope(Scope outer) {
        this.outer = outer;
        this.run = outer.run;
    }

    Scope inner() {
        return new Scope(this);
    }

    Run run() {
        return run;
    }

    void set(String name, Object value) {
        names.put(name, value);
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.names.containsKey(name)) {
                return scope.names.get(name);
            }
        }
        return new Undefined(name);
    }
}

package dev.ratchet.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The conditions of a list, put together from texts of the code: what comes from outside is always a parameter. */
public final class Conditions {
    private final StringBuilder text;
    private final Map<String, Object> parameters = new HashMap<>();

    private Conditions(String first) {
        text = new StringBuilder(first);
    }

    /** Begins with a condition on one parameter. */
    public static Conditions of(String condition, String parameter, Object value) {
        Conditions conditions = new Conditions(condition);
        conditions.parameters.put(parameter, value);
        return conditions;
    }

    /** Adds a condition on one parameter, where it has a value. */
    public Conditions and(String condition, String parameter, Optional<?> value) {
        value.ifPresent(given -> {
            text.append(" and ").append(condition);
            parameters.put(parameter, given);
        });
        return this;
    }


    public String text() {
        return text.toString();
    }

    public Map<String, Object> parameters() {
        return parameters;
    }
}

package dev.ratchet.lm.jinja;

import java.util.List;
import java.util.Map;

/** What a function, filter or test is called with. */
record Arguments(List<Object> positional, Map<String, Object> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** The argument at a place or of a name, or another value where there is none. */
    Object or(int place, String name, Object otherwise) {
        return place < positional.size() ? positional.get(place) : named.getOrDefault(name, otherwise);
    }

    Object required(int place, String name) {
        if (place >= positional.size() && !named.containsKey(name)) {
            throw new TemplateException("The chat template leaves out the argument '" + name + "'.");
        }
        return or(place, name, null);
    }

    String text(int place, String name) {
        return Values.text(required(place, name), "the argument '" + name + "'");
    }

    /** A text, or null where there is none. */
    String textOrNull(int place, String name) {
        Object value = or(place, name, null);
        return value == null ? null : Values.text(value, "the argument '" + name + "'");
    }

    long whole(int place, String name, long otherwise) {
        return Values.whole(or(place, name, otherwise));
    }

    Arguments rest(int from) {
        return new Arguments(positional.subList(Math.min(from, positional.size()), positional.size()), named);
    }
}

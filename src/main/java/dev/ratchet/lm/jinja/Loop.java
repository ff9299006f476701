package dev.ratchet.lm.jinja;

import java.util.List;

/** The {@code loop} variable: where a loop stands. */
final class Loop {
    private final List<Object> elements;
    private Object lastChanged;
    private boolean everChanged;
    private int index;

    Loop(List<Object> elements) {
        this.elements = elements;
    }

    void moveTo(int place) {
        index = place;
    }

    Object attribute(String name) {
        int size = elements.size();
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) size - index;
            case "revindex0" -> size - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == size - 1;
            case "length" -> (long) size;
            case "previtem" -> index > 0 ? elements.get(index - 1) : new Undefined("loop.previtem");
            case "nextitem" -> index + 1 < size ? elements.get(index + 1) : new Undefined("loop.nextitem");
            case "cycle" -> (Callable) (run, a) -> a.positional().get(index % a.positional().size());
            case "changed" -> (Callable) this::changed;
            default -> new Undefined("loop." + name);
        };
    }

    private boolean changed(Run run, Arguments arguments) {
        Object now = new Tuple(arguments.positional());
        boolean changed = !everChanged || !Values.equal(run, lastChanged, now);
        lastChanged = now;
        everChanged = true;
        return changed;
    }
}

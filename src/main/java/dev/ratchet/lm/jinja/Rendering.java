package dev.ratchet.lm.jinja;

import java.util.List;

/** What a template wrote, and which parts of it {@code {% generation %}} marks, in order. */
public record Rendering(String text, List<Span> generated) {
    public Rendering {
        generated = List.copyOf(generated);
    }

    /** Characters (UTF-16) of a text from {@code begin} to before {@code end}. */
    public record Span(int begin, int end) {
    }
}

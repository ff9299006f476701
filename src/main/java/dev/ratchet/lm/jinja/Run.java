package dev.ratchet.lm.jinja;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One rendering: its bounds, its clock, and what was written so far. */
final class Run {
    private final Budget budget = new Budget();
    private final Clock clock;
    private final List<Rendering.Span> generated = new ArrayList<>();
    private StringBuilder out = new StringBuilder();
    private boolean capturing;
    private int line = 1;

    Run(Clock clock) {
        this.clock = clock;
    }

    Budget budget() {
        return budget;
    }

    Clock clock() {
        return clock;
    }

    int line() {
        return line;
    }

    void at(int place) {
        line = place;
    }

    void write(String text) {
        budget.requireLength((long) out.length() + text.length());
        budget.spend(1 + text.length() / 16);
        out.append(text);
    }

    /** What a body writes, as a text instead of as output. */
    String capture(Runnable body) {
        StringBuilder outer = out;
        boolean nested = capturing;
        out = new StringBuilder();
        capturing = true;
        budget.enter();
        body.run();
        budget.leave();
        String text = out.toString();
        out = outer;
        capturing = nested;
        return budget.made(text);
    }

    /** Marks what a body writes as the assistant's. */
    void generate(Runnable body) {
        if (capturing) {
            throw new TemplateException("The chat template has {% generation %} inside a macro or a set block.");
        }
        int begin = out.length();
        body.run();
        generated.add(new Rendering.Span(begin, out.length()));
    }

    Rendering result() {
        return new Rendering(out.toString(), generated);
    }
}

package dev.ratchet.lm.jinja;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A parsed template, which any number of threads may render at once. */
public final class Template {
    private static final int LONGEST = 1 << 20;

    private final Node body;

    private Template(Node body) {
        this.body = body;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException where it is no Jinja, or uses what is not known here
     */
    public static Template parse(String source) {
        if (source.length() > LONGEST) {
            throw new TemplateException("The chat template is longer than " + LONGEST + " characters.");
        }
        try {
            return new Template(Parser.parse(source));
        } catch (StackOverflowError e) {
            throw new TemplateException("The chat template nests too deep.");
        }
    }

    /**
     * Renders it.
     *
     * @param variables what the template sees: null, booleans, numbers, texts, lists and maps of these
     * @param clock what {@code strftime_now} reads
     * @throws TemplateRefusal where the template calls {@code raise_exception}
     * @throws TemplateException where it fails or breaks its bounds
     */
    public Rendering render(Map<String, ?> variables, Clock clock) {
        Run run = new Run(clock);
        try {
            Scope scope = new Scope(run);
            Globals.define(scope);
            variables.forEach((name, value) -> scope.set(name, value(value)));
            body.render(scope.inner());
            return run.result();
        } catch (TemplateRefusal e) {
            throw e;
        } catch (TemplateException e) {
            throw new TemplateException(e.getMessage() + " (Line " + run.line() + " of the template.)");
        } catch (StackOverflowError e) {
            throw new TemplateException("The chat template nests too deep. (Line " + run.line() + " of the template.)");
        } catch (ArithmeticException | ClassCastException | IndexOutOfBoundsException | NullPointerException e) {
            throw new TemplateException("The chat template does what cannot be done. (Line " + run.line()
                    + " of the template.)");
        }
    }

    /** A value as a template sees it. */
    private static Object value(Object given) {
        if (given == null || given instanceof Boolean || given instanceof String || given instanceof Long
                || given instanceof Double) {
            return given;
        } else if (given instanceof Integer number) {
            return number.longValue();
        } else if (given instanceof List<?> list) {
            return list.stream().map(Template::value).toList();
        } else if (given instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(value(key), value(each)));
            return copy;
        }
        throw new IllegalArgumentException("A template cannot see a " + given.getClass().getSimpleName() + ".");
    }
}

package dev.ratchet.lm.jinja;

/** What a name or key stands for that is not there: false and empty, and an error where anything more is asked. */
record Undefined(String name) {
    TemplateException failure() {
        return new TemplateException("The chat template needs '" + name + "', which is not defined.");
    }
}

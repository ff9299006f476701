package dev.ratchet.app.demo;

import java.util.List;

/**
 * The sentence patterns that replies are made of, with slots {@code {named}}, {@code {topic}}, {@code {step}},
 * {@code {said}}.
 */
record ReplyParts(
        List<String> politeNamed, List<String> politeVague, List<String> bluntNamed, List<String> bluntVague,
        List<String> steps, List<String> noStep, List<String> promises, List<String> fillers, List<String> repeats,
        List<String> thanks) {}

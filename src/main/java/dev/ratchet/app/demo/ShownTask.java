package dev.ratchet.app.demo;

import java.util.Map;

/**
 * A task as the rating page shows it.
 *
 * @param prompt what the customer wrote last
 * @param left text of the left answer
 * @param right text of the right answer
 * @param fields the form's fields, which go back as they came
 */
record ShownTask(String prompt, String left, String right, Map<String, String> fields) {}

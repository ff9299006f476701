package dev.ratchet.app.demo;

import java.util.Optional;

/** What a customer's message is about, read from its text alone. */
record Recognised(Topic topic, Issue issue, Optional<String> item) {}

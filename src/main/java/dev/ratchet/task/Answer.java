package dev.ratchet.task;

/** One of the responses of a task, without what would tell the reviewer who wrote it. */
public record Answer(long responseId, String text) {}

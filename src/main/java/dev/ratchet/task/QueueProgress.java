package dev.ratchet.task;

/**
 * How far a project's queue is, seen by one reviewer.
 *
 * @param ratedByMe tasks with a current rating of mine
 * @param availableToMe tasks that I could rate now, my open lease among them
 * @param tasksComplete tasks that have all their ratings
 * @param tasksTotal tasks of the project
 * @param ratings current ratings by everybody
 */
public record QueueProgress(long ratedByMe, long availableToMe, long tasksComplete, long tasksTotal, long ratings) {}

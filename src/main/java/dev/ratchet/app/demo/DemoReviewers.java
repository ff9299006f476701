package dev.ratchet.app.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Reviewers who rate until their queues are empty, each in a session of their own over HTTP. */
final class DemoReviewers {

    /**
     * A simulated person.
     *
     * @param name display name; its lower case is the login
     */
    record Person(String name, SimulatedReviewer.Character character) {
        String login() {
            return name.toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Four careful people, a careless one, one who always picks the left answer, and one who prefers the worse reply.
     */
    static final List<Person> PEOPLE = List.of(
            new Person("Ada", SimulatedReviewer.Character.CAREFUL),
            new Person("Ben", SimulatedReviewer.Character.CAREFUL),
            new Person("Cleo", SimulatedReviewer.Character.CAREFUL),
            new Person("Dan", SimulatedReviewer.Character.CAREFUL),
            new Person("Eli", SimulatedReviewer.Character.CARELESS),
            new Person("Lefty", SimulatedReviewer.Character.LEFT_PICKER),
            new Person("Mallory", SimulatedReviewer.Character.ADVERSARIAL));

    private final URI base;
    private final Rubric rubric;
    private final boolean noise;

    /** @param noise everybody tosses a coin */
    DemoReviewers(URI base, Rubric rubric, boolean noise) {
        this.base = base;
        this.rubric = rubric;
        this.noise = noise;
    }

    /**
     * Everybody signs in and rates until nothing is left.
     *
     * @param rated called with the number of ratings so far
     * @return ratings that were sent and accepted
     */
    int rate(String projectSlug, String password, long seed, IntConsumer rated) throws Exception {
        AtomicInteger count = new AtomicInteger();
        ExecutorService sessions = Executors.newFixedThreadPool(PEOPLE.size());
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < PEOPLE.size(); i++) {
                Person person = PEOPLE.get(i);
                long own = seed * 1_000 + i;
                work.add(sessions.submit(() -> {
                    rate(person, projectSlug, password, own, () -> rated.accept(count.incrementAndGet()));
                    return null;
                }));
            }
            for (Future<?> session : work) {
                session.get();
            }
            return count.get();
        } finally {
            sessions.shutdownNow();
        }
    }

    private void rate(Person person, String projectSlug, String password, long seed, Runnable rated) throws Exception {
        SimulatedReviewer.Character character = noise ? SimulatedReviewer.Character.COIN : person.character();
        SimulatedReviewer reviewer = new SimulatedReviewer(rubric, character, seed);
        ReviewerSession session = new ReviewerSession(base, projectSlug);
        session.signIn(person.login(), password);
        Optional<ShownTask> task = session.next();
        while (task.isPresent()) {
            ShownTask shown = task.get();
            task = session.rate(shown, choice(reviewer.judge(shown.prompt(), shown.left(), shown.right())));
            rated.run();
        }
    }

    private static String choice(Judgement judgement) {
        if (judgement instanceof Judgement.Preference preference) {
            return String.valueOf(preference.strength());
        }
        return judgement instanceof Judgement.Tie ? "tie" : "both_bad";
    }
}

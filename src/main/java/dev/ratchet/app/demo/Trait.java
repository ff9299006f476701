package dev.ratchet.app.demo;

/** What the house style asks of a reply; each is there or not, and carries its weight in the score of ten. */
public enum Trait {
    NAMES_ISSUE(2.5, "names the issue"),
    GIVES_NEXT_STEP(2.0, "gives the next step"),
    POLITE(1.5, "polite"),
    NO_FALSE_PROMISE(1.5, "no false promise"),
    CONCISE(1.25, "concise"),
    NO_REPETITION(1.25, "no repetition");

    private final double weight;
    private final String title;

    Trait(double weight, String title) {
        this.weight = weight;
        this.title = title;
    }

    public double weight() {
        return weight;
    }

    public String title() {
        return title;
    }
}

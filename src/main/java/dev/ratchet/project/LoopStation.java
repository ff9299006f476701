package dev.ratchet.project;

/** A station of the loop on the project's page; each feature shows its own, so that the page need not know them. */
public interface LoopStation {

    /** Position from prompts (1) to champion (7). */
    int position();

    /** What the station shows now. */
    Figure figure(Project project);

    /**
     * A station's number and what it means.
     *
     * @param name the station, such as {@code Pairs}
     * @param value the number first, formatted
     * @param note one short line below it
     * @param link where its details are; null for none
     * @param tone {@code calm}, {@code busy}, {@code good} or {@code bad}; the words say the same
     * @param done how much of the present work is done; null without such work
     * @param total how much work there is
     */
    record Figure(String name, String value, String note, String link, String tone, Integer done, Integer total) {

        public static Figure calm(String name, String value, String note, String link) {
            return new Figure(name, value, note, link, "calm", null, null);
        }

        public static Figure toned(String name, String value, String note, String link, String tone) {
            return new Figure(name, value, note, link, tone, null, null);
        }

        public static Figure working(String name, String value, String note, String link, int done, int total) {
            return new Figure(name, value, note, link, "busy", done, Math.max(1, total));
        }
    }
}

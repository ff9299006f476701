package dev.ratchet.evaluation;

import dev.ratchet.project.ProjectHead;
import io.quarkus.qute.RawString;
import java.time.Instant;
import java.util.List;

/** What the pages of versions show. */
final class VersionPageView {
    private VersionPageView() {}

    /**
     * The versions of a project with the champion's history.
     *
     * @param championRevision what compare-and-set compares; 0 without a champion
     * @param rollbackTo where a rollback would lead; null where there is nothing earlier
     * @param candidates policies that can become the first champion, newest first; none where there is a champion
     * @param folders model folders that can be imported as the first champion; null for who may not
     * @param place where those folders are laid
     */
    record ListPage(
            ProjectHead head, Row champion, Instant championSince, int championRevision, String rollbackTo,
            List<Move> moves, List<Row> rows, List<Link> candidates, List<String> folders, String place) {}

    /**
     * One version in a list.
     *
     * @param decision that of its newest evaluation, null without one
     * @param retracted ratings that it learned from and that were retracted afterwards
     */
    record Row(
            long id, String name, String kind, String parent, Long runId, String decision, Instant createdAt,
            boolean champion, long retracted) {

        public String tone() {
            return GateView.tone(decision);
        }

        public String icon() {
            return GateView.icon(decision);
        }
    }

    /** One move of the champion. */
    record Move(int revision, String from, long toId, String to, String actor, String reason, Instant at) {}

    /** One version. */
    record Detail(
            ProjectHead head, Row row, Link parent, Link reward, String digest, List<Fact> facts,
            Evidence evaluation, List<Link> children, int championRevision, boolean promotable) {

        public long retracted() {
            return row.retracted();
        }
    }

    /** A link to another version. */
    record Link(long id, String name) {}

    /** A name and its value in words. */
    record Fact(String name, String value) {}

    /**
     * What the evidence says.
     *
     * @param better held-out prompts on which the reward model scores the candidate higher
     * @param shown which examples are shown: {@code all}, {@code better} or {@code worse}
     */
    record Evidence(
            long id, long runId, String decision, boolean promoted, String candidate, String champion, Link reward,
            Instant createdAt, List<GateView> gates, long better, long samples, String shown, List<Example> examples) {

        public String tone() {
            return GateView.tone(decision);
        }

        public String icon() {
            return GateView.icon(decision);
        }

        public String words() {
            return switch (decision) {
                case Gate.PASS -> "All gates passed";
                case Gate.FAIL -> "Refused by a gate";
                default -> "Not enough evidence";
            };
        }
    }

    /** One held-out prompt with both answers. */
    record Example(
            String asked, RawString champion, RawString candidate, double championScore, double candidateScore) {

        public boolean isCandidateBetter() {
            return candidateScore > championScore;
        }

        public boolean isChampionBetter() {
            return championScore > candidateScore;
        }
    }
}

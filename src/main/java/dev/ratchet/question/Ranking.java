package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The order of up to eight responses, best first.
 *
 * <p>An answer gives each response's rank: {@code {"17": 1, "18": 2, "19": 2}}. Ranks start at 1 and leave no gap.
 *
 * @param ties whether two responses may share a rank
 */
public record Ranking(String name, String title, String help, boolean required, boolean ties) implements Question {
    /** Most responses of a task. */
    public static final int MOST = 8;

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        Map<Long, JsonNode> entries = Reading.byResponse(field, answer, shown, true);
        BitSet used = new BitSet();
        entries.forEach((response, node) -> {
            int rank = Reading.whole(field + "." + response, node, 1, entries.size());
            if (used.get(rank) && !ties) {
                throw new InvalidAnswer(field + "." + response, "shares rank " + rank
                        + " with another response, and ties are not allowed");
            }
            used.set(rank);
        });
        if (used.nextClearBit(1) != used.cardinality() + 1) {
            throw new InvalidAnswer(field, "leaves out rank " + used.nextClearBit(1));
        }
    }

    /** Each two responses, as strongly as their ranks stand apart. */
    @Override
    public List<Comparison> comparisons(JsonNode answer, Shown shown) {
        List<Comparison> all = new ArrayList<>();
        for (int i = 0; i < shown.responses().size(); i++) {
            for (int j = i + 1; j < shown.responses().size(); j++) {
                long first = shown.responses().get(i);
                long second = shown.responses().get(j);
                all.add(Comparison.of(first, second, rank(answer, second) - rank(answer, first)));
            }
        }
        return all;
    }

    private static int rank(JsonNode answer, long response) {
        return answer.get(Long.toString(response)).intValue();
    }

    @Override
    public boolean compares() {
        return true;
    }

    @Override
    public void checkDefinition() {
        Definition.check(this);
    }
}

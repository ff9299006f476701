package dev.ratchet.dataset.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.question.Comparison;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Scores;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows for reward models: a rated prompt with all of its answers, each with the means of what ratings say of it. */
final class RewardPasses {
    private static final String MEAN = "mean-score-v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RATED = """
            select t.prompt_id, q.messages::text,
                   (select json_agg(json_build_object('response_id', s.id, 'text', s.text) order by o.position)
                      from task_response o join response s on s.id = o.response_id
                     where o.task_id = t.id)::text,
                   g.ratings, g.said
              from (select id, prompt_id, purpose from task where project_id = ?) t
              join prompt q on q.id = t.prompt_id
              join lateral (select array_agg(r.id::text order by r.id) as ratings,
                                   json_agg(json_build_object('answers', r.answers, 'shown', a.shown,
                                                              'version', r.instructions_version)
                                            order by r.id)::text as said
                              from (select t.id) as u(task)
                              %s
                           ) g on g.ratings is not null
             where q.split = ? and t.purpose = 'rating'
             order by t.id""";

    private final Scope scope;

    private RewardPasses(Scope scope) {
        this.scope = scope;
    }

    static List<Pass> of(Scope scope) {
        return List.of(new QueryPass(RATED.formatted(scope.ratings()), List.of(scope.project(), scope.split()), 1,
                new RewardPasses(scope)::rated));
    }

    private boolean rated(ResultSet from, Row out) throws SQLException, IOException {
        JsonNode responses = JSON.readTree(from.getString(3));
        Map<Long, Means> means = new HashMap<>();
        responses.forEach(response -> means.put(response.get("response_id").longValue(), new Means()));
        for (JsonNode rating : JSON.readTree(from.getString(5))) {
            add(rating, means);
        }
        responses.forEach(response -> means.get(response.get("response_id").longValue()).into((ObjectNode) response));
        return out.take(scope.row(from.getLong(1), (String[]) from.getArray(4).getArray(), MEAN, from.getString(2),
                responses.toString()));
    }

    private void add(JsonNode rating, Map<Long, Means> means) {
        Questions asked = scope.questions().get(rating.get("version").intValue());
        JsonNode answers = rating.get("answers");
        Long[] shown = JSON.convertValue(rating.get("shown"), Long[].class);
        for (Comparison said : RatingPasses.said(asked, answers, shown)) {
            means.get(said.first()).strength.accept(said.strength());
            means.get(said.second()).strength.accept(-said.strength());
        }
        asked.list().stream().filter(question -> question instanceof Scores && answers.has(question.name()))
                .forEach(question -> answers.get(question.name()).fields().forEachRemaining(own ->
                        means.get(Long.valueOf(own.getKey())).add((Scores) question, own.getValue())));
    }

    /** What is added up for a response. */
    private static final class Means {
        private final DoubleSummaryStatistics strength = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics share = new DoubleSummaryStatistics();
        private final Map<String, DoubleSummaryStatistics> aspects = new TreeMap<>();

        void add(Scores question, JsonNode scores) {
            scores.fields().forEachRemaining(score -> {
                aspects.computeIfAbsent(question.name() + "." + score.getKey(), name -> new DoubleSummaryStatistics())
                        .accept(score.getValue().intValue());
                share.accept((score.getValue().intValue() - 1.0) / (question.points() - 1));
            });
        }

        /** {@code score}: the mean over aspects and ratings, from 0 (the lowest step) to 1 (the highest). */
        void into(ObjectNode response) {
            if (share.getCount() > 0) {
                response.put("score", share.getAverage());
                ObjectNode each = response.putObject("scores");
                aspects.forEach((name, scores) -> each.put(name, scores.getAverage()));
            }
            if (strength.getCount() > 0) {
                response.put("strength", strength.getAverage());
            }
            response.put("judgements", Math.max(strength.getCount(), aspects.values().stream()
                    .mapToLong(DoubleSummaryStatistics::getCount).max().orElse(0)));
        }
    }
}

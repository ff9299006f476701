package dev.ratchet.evaluation;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Prompt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** Finds evaluations and their samples. */
@ApplicationScoped
@Transactional
public class Evaluations {

    /** Evaluations of a project, newest first. */
    public List<Evaluation> list(Project project) {
        return Evaluation.list("projectId = ?1 order by id desc", project.id);
    }

    /** The evaluation with this id; 404 {@code evaluation-unknown} if there is none. */
    public Evaluation get(long id) {
        Evaluation evaluation = Evaluation.findById(id);
        if (evaluation == null) {
            throw Problem.notFound("evaluation-unknown", "No such evaluation",
                    "There is no evaluation %d.".formatted(id));
        }
        return evaluation;
    }

    /** Samples after prompt {@code afterPrompt}, in the order of prompts. */
    public List<EvaluationView.Sample> samples(long evaluationId, long afterPrompt, int limit) {
        List<EvaluationSample> samples = EvaluationSample.find(
                        "evaluationId = ?1 and promptId > ?2 order by promptId", evaluationId, afterPrompt)
                .page(0, limit)
                .list();
        return samples.stream()
                .map(sample -> new EvaluationView.Sample(
                        sample.promptId,
                        Prompt.<Prompt>findById(sample.promptId).messages,
                        sample.candidateText,
                        sample.championText,
                        sample.candidateScore,
                        sample.championScore))
                .toList();
    }
}

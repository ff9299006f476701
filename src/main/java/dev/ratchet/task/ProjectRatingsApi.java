package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** All ratings of a project, for its leads' programs; reviewers have pseudonyms. */
@Path("/api/projects/{slug}/ratings")
@Tag(name = "Rating")
@Produces(MediaType.APPLICATION_JSON)
public class ProjectRatingsApi {
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.([0-9a-f-]{36})");

    private final Projects projects;
    private final EntityManager entities;
    private final ObjectMapper json;

    ProjectRatingsApi(Projects projects, EntityManager entities, ObjectMapper json) {
        this.projects = projects;
        this.entities = entities;
        this.json = json;
    }

    /** The newest revision of a rating; {@code responseIds} in the order shown. */
    public record RatingJson(
            UUID id,
            int revision,
            long taskId,
            long promptId,
            String split,
            UUID reviewer,
            int instructionsVersion,
            List<Long> responseIds,
            JsonNode answers,
            boolean withdrawn,
            long activeMillis,
            Instant createdAt) {}

    /** A part of the ratings; {@code next} is what to send as {@code after}, null at the end. */
    public record RatingPage(List<RatingJson> items, String next) {}

    @GET
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "List ratings, each in its newest revision, task by task")
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    @Transactional
    @Parameter(name = "reviewer", in = ParameterIn.QUERY, description = "A pseudonym")
    @Parameter(name = "task", in = ParameterIn.QUERY, description = "A task's id")
    @Parameter(name = "split", in = ParameterIn.QUERY, description = "train or eval")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "From this moment on, in ISO 8601")
    @Parameter(name = "withdrawn", in = ParameterIn.QUERY, description = "true or false")
    public RatingPage list(
            @RestPath String slug,
            @QueryParam("after") String after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "reviewer", "task", "split", "since", "withdrawn");
        Conditions wanted = Conditions.of("t.project_id = :project", "project", projects.require(slug).id)
                .and("c.pseudonym = :reviewer", "reviewer", filters.id("reviewer"))
                .and("t.id = :task", "task", filters.whole("task"))
                .and("q.split = :split", "split", filters.oneOf("split", "train", "eval"))
                .and("r.created_at >= :since", "since", filters.moment("since"))
                .and("r.withdrawn = :withdrawn", "withdrawn",
                        filters.oneOf("withdrawn", "true", "false").map(Boolean::valueOf));
        filters.text("after").ifPresent(cursor -> after(wanted, cursor));
        var query = entities.createNativeQuery("""
                select r.id, r.revision, t.id as task, t.prompt_id, q.split, c.pseudonym, r.instructions_version,
                       cast(a.shown as text) as shown, cast(r.answers as text) as answers, r.withdrawn, r.active_millis,
                       r.created_at
                  from task t
                  join prompt q on q.id = t.prompt_id
                  join assignment a on a.task_id = t.id
                  join rating r on r.assignment_id = a.id
                       and not exists (select 1 from rating n where n.id = r.id and n.revision > r.revision)
                  join account c on c.id = r.account_id
                 where\s""" + wanted.text() + " order by t.id, r.id");
        wanted.parameters().forEach(query::setParameter);
        List<RatingJson> found = query.setMaxResults(limit + 1).getResultList().stream()
                .map(row -> rating((Object[]) row)).toList();
        if (found.size() <= limit) {
            return new RatingPage(found, null);
        }
        RatingJson last = found.get(limit - 1);
        return new RatingPage(found.subList(0, limit), last.taskId() + "." + last.id());
    }

    private static void after(Conditions wanted, String cursor) {
        Matcher read = CURSOR.matcher(cursor);
        if (!read.matches()) {
            throw Problem.unprocessable("invalid-filter", "A filter cannot be read",
                    "'after' must be what the list before gave as 'next'.");
        }
        wanted.and("t.id >= :afterTask", "afterTask", Optional.of(Long.valueOf(read.group(1))))
                .and("(t.id > :afterTask or r.id > :afterRating)", "afterRating",
                        Optional.of(UUID.fromString(read.group(2))));
    }

    private RatingJson rating(Object[] row) {
        String shown = (String) row[7];
        List<Long> responses = Pattern.compile(",").splitAsStream(shown.substring(1, shown.length() - 1))
                .map(Long::valueOf).toList();
        try {
            return new RatingJson((UUID) row[0], ((Number) row[1]).intValue(), ((Number) row[2]).longValue(),
                    ((Number) row[3]).longValue(), (String) row[4], (UUID) row[5], ((Number) row[6]).intValue(),
                    responses, json.readTree((String) row[8]), (Boolean) row[9], ((Number) row[10]).longValue(),
                    (Instant) row[11]);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("The answers of rating " + row[0] + " are not JSON", unreadable);
        }
    }
}

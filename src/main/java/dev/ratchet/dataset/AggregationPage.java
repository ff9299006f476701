package dev.ratchet.dataset;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Where a lead chooses by which policy several ratings become one pair, and sees what each reviewer would count. */
@Path("/projects/{slug}/aggregation")
@RolesAllowed(Role.LEAD)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class AggregationPage {

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance aggregation(AggregationView view);
    }

    @Inject
    Projects projects;

    @Inject
    AggregationPolicies policies;

    @GET
    @Transactional
    public TemplateInstance show(@RestPath String slug, @RestQuery String done) {
        return page(projects.require(slug), "chosen".equals(done), null);
    }

    @POST
    public Response choose(@RestPath String slug, @RestForm String policy) {
        Project project = projects.require(slug);
        try {
            policies.choose(project, policy);
            return Response.seeOther(URI.create("/projects/" + slug + "/aggregation?done=chosen")).build();
        } catch (Problem wrong) {
            return Response.status(wrong.status()).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(page(project, false, wrong.detail()).render()).build();
        }
    }

    private TemplateInstance page(Project project, boolean done, String problem) {
        List<ReviewerWeight> weights = policies.estimated(project);
        Map<UUID, String> names = new HashMap<>();
        if (!weights.isEmpty()) {
            Account.<Account>list("pseudonym in ?1", weights.stream().map(ReviewerWeight::reviewer).toList())
                    .forEach(account -> names.put(account.pseudonym, account.displayName));
        }
        return Templates.aggregation(new AggregationView(ProjectHead.of(project), project.aggregation,
                weights.stream().map(one -> new AggregationView.Reviewer(
                        names.getOrDefault(one.reviewer(), one.reviewer().toString()), one)).toList(), done, problem));
    }
}

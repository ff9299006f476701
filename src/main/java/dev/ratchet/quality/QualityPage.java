package dev.ratchet.quality;

import dev.ratchet.project.Instructions;
import dev.ratchet.project.Member;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.project.ReviewerGroup;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether a project's ratings can be trusted and when they will be done, for its leads. */
@Path("/projects/{slug}/quality")
@RolesAllowed(Role.LEAD)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class QualityPage {

    /** The type-safe template; the fragment is what the page asks for while agreement is being computed. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance quality(QualityView view);

        static native TemplateInstance quality$slow(QualityView view);
    }

    @Inject
    Projects projects;

    @Inject
    QualityReports reports;

    @GET
    @Transactional
    public TemplateInstance show(String slug, @Context UriInfo address) {
        Project project = projects.require(slug);
        QualityFilter filter = QualityFilter.of(address.getQueryParameters());
        return Templates.quality(view(project, filter, reports.first(project, filter)));
    }

    @GET
    @Path("slow")
    @Transactional
    public TemplateInstance slow(String slug, @Context UriInfo address) {
        Project project = projects.require(slug);
        QualityFilter filter = QualityFilter.of(address.getQueryParameters());
        return Templates.quality$slow(view(project, filter, reports.of(project, filter)));
    }

    private static QualityView view(Project project, QualityFilter filter, QualityReport report) {
        List<Instructions> history = Instructions.history(project);
        List<ReviewerGroup> groups = ReviewerGroup.of(project.id);
        return new QualityView(ProjectHead.of(project), filter, report,
                history.stream().map(told -> told.version).toList(), scales(history),
                groups.stream().map(group -> new QualityView.Group(group.id, group.name)).toList(),
                Stream.concat(Member.of(project.id).stream().flatMap(member -> Arrays.stream(member.tags)),
                        groups.stream().flatMap(group -> Arrays.stream(group.tags))).distinct().sorted().toList());
    }

    /** Under its newest title, where versions call it differently. */
    private static List<QualityView.Scale> scales(List<Instructions> newestFirst) {
        Map<String, String> titles = new LinkedHashMap<>();
        newestFirst.forEach(told -> RatingSample.measures(told)
                .forEach(measure -> titles.putIfAbsent(measure.name(), measure.title())));
        return titles.entrySet().stream().map(one -> new QualityView.Scale(one.getKey(), one.getValue())).toList();
    }
}

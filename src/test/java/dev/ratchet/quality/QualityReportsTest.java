package dev.ratchet.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What takes long does not hold a large project's page up, and comes after it. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class QualityReportsTest {
    private static final QualityFilter ALL = QualityFilter.of(new MultivaluedHashMap<>());

    @Inject
    PageFixture pages;

    @Inject
    QualityFixture fixture;

    @Inject
    RatingReader reader;

    @Inject
    Clock clock;

    @Test
    void aLargeProjectsPageGoesFirstAndASmallOnesIsWhole() {
        Project large = pages.projectWithTasks("Customer support", 240);
        for (int reviewer = 0; reviewer < 9; reviewer++) {
            fixture.rateAll(large, pages.account("Rita", Role.REVIEWER));
        }
        Project small = pages.projectWithTasks("Returns", 5);
        fixture.rateAll(small, pages.account("Rita", Role.REVIEWER));
        List<Runnable> background = new CopyOnWriteArrayList<>();
        // Whoever waited for the background would wait for an hour.
        QualityReports reports = new QualityReports(reader, clock, background::add, Duration.ofHours(1));

        QualityReport first = assertTimeoutPreemptively(Duration.ofMinutes(2), () -> reports.first(large, ALL));
        assertThat(first.ratings()).isEqualTo(2_160);
        assertThat(first.used()).isEqualTo(2_160);
        assertThat(first.strengths().comparisons()).isEqualTo(2_160);
        assertThat(first.isPending()).isTrue();

        background.forEach(Runnable::run);
        assertThat(reports.first(large, ALL).isPending()).isFalse();
        assertThat(reports.of(large, ALL).agreement().rows()).isNotEmpty();
        assertThat(new QualityReports(reader, clock, Runnable::run, Duration.ofHours(1)).first(small, ALL).isPending())
                .isFalse();
    }
}

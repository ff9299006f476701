package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.NewProject;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AliasesTest {
    private static final String CHAMPION = ModelAlias.CHAMPION;

    @Inject
    Aliases aliases;

    @Inject
    Versions versions;

    @Inject
    Projects projects;

    private final Path folder = TestFolders.create();

    private Project project;
    private ModelVersion first;
    private ModelVersion second;
    private ModelVersion third;

    @BeforeEach
    void makeVersions() throws IOException {
        project = projects.create(
                new NewProject("p" + UUID.randomUUID().toString().replace("-", ""), "A project", null, null, 1, null));
        first = version("first");
        second = version("second");
        third = version("third");
    }

    @Test
    void namesAreCountedAndManifestsNameEveryFile() {
        assertThat(first.name).isEqualTo("policy-1");
        assertThat(third.name).isEqualTo("policy-3");
        assertThat(versions.manifest(first).files()).containsOnlyKeys("weights");
        assertThat(versions.open(first)).isDirectory();
    }

    @Test
    void anAliasMovesFromTheExpectedRevisionOnly() {
        move(0, first);
        move(1, second);
        assertThatThrownBy(() -> move(1, third))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(409);
                    assertThat(problem.type()).isEqualTo("alias-moved");
                });
        assertThat(aliases.championVersion(project).name).isEqualTo(second.name);
        assertThat(aliases.champion(project).orElseThrow().revision).isEqualTo(2);
        assertThat(aliases.history(project, CHAMPION)).extracting(change -> change.toVersionId)
                .containsExactly(second.id, first.id);
    }

    @Test
    void ofManyWhoMoveAnAliasAtOnceOneWins() throws Exception {
        move(0, first);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> race = () -> aliases.tryMove(project, CHAMPION, 1, second, null, "test", "A race")
                    .isPresent();
            List<Future<Boolean>> moves = threads.invokeAll(Collections.nCopies(8, race));
            int winners = 0;
            for (Future<Boolean> move : moves) {
                winners += move.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        assertThat(aliases.history(project, CHAMPION)).hasSize(2);
    }

    @Test
    void rollbacksGoBackOneByOneAndAreHistoryToo() {
        move(0, first);
        move(1, second);
        move(2, third);
        aliases.rollback(project, CHAMPION, "test");
        assertThat(aliases.championVersion(project).id).isEqualTo(second.id);
        aliases.rollback(project, CHAMPION, "test");
        assertThat(aliases.championVersion(project).id).isEqualTo(first.id);
        assertThatThrownBy(() -> aliases.rollback(project, CHAMPION, "test")).hasMessageContaining("had no earlier version");
        assertThat(aliases.history(project, CHAMPION).get(0).reason).isEqualTo("Rolled back from policy-2");
        assertThat(aliases.history(project, CHAMPION)).hasSize(5);
    }

    @Test
    void aRewardModelIsNoChampion() throws IOException {
        ModelVersion reward = versions.register(
                project,
                ModelVersion.REWARD,
                null,
                content("reward"),
                null,
                null,
                Manifest.imported(ModelVersion.REWARD, "test"));
        assertThatThrownBy(() -> move(0, reward)).hasMessageContaining("'reward-1' is not a policy");
        assertThat(aliases.champion(project)).isEmpty();
    }

    @Test
    void aNameIsUsedOnce() throws IOException {
        Path content = content("again");
        assertThatThrownBy(() -> versions.register(
                        project,
                        ModelVersion.POLICY,
                        "policy-1",
                        content,
                        null,
                        null,
                        Manifest.imported(ModelVersion.POLICY, "test")))
                .hasMessageContaining("has a version 'policy-1'");
    }

    private void move(int expectedRevision, ModelVersion to) {
        aliases.move(project, CHAMPION, expectedRevision, to, null, "test", "Because the test wants it");
    }

    private ModelVersion version(String text) throws IOException {
        return versions.register(
                project,
                ModelVersion.POLICY,
                null,
                content(text),
                null,
                null,
                Manifest.imported(ModelVersion.POLICY, "test"));
    }

    private Path content(String text) throws IOException {
        Path content = Files.createDirectories(folder.resolve(text));
        Files.writeString(content.resolve("weights"), project.slug + text);
        return content;
    }
}

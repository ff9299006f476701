package dev.ratchet.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.lm.Message;
import dev.ratchet.platform.Problem;
import dev.ratchet.task.RatingFixture;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Prompts are checked, stored once, and stand on one side of the split for ever. */
@QuarkusTest
class PromptsTest {
    @Inject
    Prompts prompts;

    @Inject
    Projects projects;

    @Inject
    RatingFixture fixture;

    @Test
    void aConversationIsStoredOnceInAProject() {
        Project project = fixture.project(1);
        NewPrompt first = user("Where is my order?");
        NewPrompt second = user("I want my money back");
        AddedPrompts added = prompts.add(project, List.of(first, second, first));
        assertThat(added.ids()).hasSize(2).isSorted();
        assertThat(added.duplicates()).containsExactly(2);
        AddedPrompts again = prompts.add(project, List.of(user("Another"), second, first));
        assertThat(again.ids()).hasSize(1);
        assertThat(again.duplicates()).containsExactly(1, 2);
        assertThat(prompts.add(fixture.project(1), List.of(first)).ids()).hasSize(1);
        assertThat(prompts.add(project, List.of())).isEqualTo(new AddedPrompts(List.of(), List.of()));
    }

    @Test
    void aPromptIsStoredAsItWasGiven() {
        Project project = fixture.project(1);
        List<Message> messages = List.of(new Message("system", "Be  kind 🙂"), Message.user("Hi\n\"there\""),
                Message.assistant("Hello"), Message.user("And?"));
        long id = prompts.add(project, List.of(new NewPrompt(messages, null))).ids().get(0);
        Prompt prompt = QuarkusTransaction.requiringNew().call(() -> Prompt.findById(id));
        assertThat(prompt.messages).isEqualTo(messages);
        assertThat(prompt.splitGroup).isEqualTo("hi \"there\"");
        assertThat(prompt.split).isEqualTo(Split.of("HI \"there\"").name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void paraphrasesOfOneGroupStandOnOneSide() {
        Project project = fixture.project(1);
        List<Long> ids = prompts.add(project, IntStream.range(0, 20)
                .mapToObj(i -> new NewPrompt(List.of(Message.user("Paraphrase " + i)), " Late  DELIVERY"))
                .toList()).ids();
        assertThat(fixture.count("(select distinct split from prompt where id between ?1 and ?2) s",
                ids.get(0), ids.get(19))).isEqualTo(1);
    }

    @Test
    void promptsThatAreNotValidAreRefusedAndNothingIsAdded() {
        Project project = fixture.project(1);
        NewPrompt good = user("Fine");
        List<NewPrompt> bad = new ArrayList<>(List.of(
                new NewPrompt(null, null),
                new NewPrompt(List.of(), null),
                user(" "),
                user("nul \0"),
                user("half \uD83D"),
                user("x".repeat(100_001)),
                new NewPrompt(List.of(new Message("robot", "Hi")), null),
                new NewPrompt(List.of(new Message(null, "Hi")), null),
                new NewPrompt(List.of(Message.user("Hi"), Message.assistant("Hello")), null),
                new NewPrompt(List.of(Message.user("Hi"), new Message("system", "Be kind"), Message.user("?")), null),
                new NewPrompt(List.of(Message.user("Hi")), " ")));
        bad.add(null);
        for (NewPrompt prompt : bad) {
            List<NewPrompt> both = new ArrayList<>();
            both.add(good);
            both.add(prompt);
            assertThatThrownBy(() -> prompts.add(project, both)).as("%s", prompt).isInstanceOf(Problem.class)
                    .hasMessageContaining("prompts[1].");
        }
        assertThat(fixture.count("prompt where project_id = ?1", project.id)).isZero();
    }

    @Test
    void aProjectNeedsAFreeAndValidSlug() {
        Project project = fixture.project(1);
        assertThatThrownBy(() -> projects.create(new NewProject(project.slug, "Again", "", "", 1, null)))
                .isInstanceOf(Problem.class).hasMessageContaining("already");
        for (String slug : new String[] {"", "Upper", "two words", "-", "a--b", "../etc", "x".repeat(65)}) {
            assertThatThrownBy(() -> projects.create(new NewProject(slug, "Bad", "", "", 1, null)))
                    .as(slug).isInstanceOf(ConstraintViolationException.class);
        }
        assertThatThrownBy(() -> projects.require("nowhere")).isInstanceOf(Problem.class);
    }

    private static NewPrompt user(String content) {
        return new NewPrompt(List.of(Message.user(content)), null);
    }
}

package dev.ratchet.security;

import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps who changed what people may do: it is written in the transaction of the change, or not at all. */
@ApplicationScoped
public class AuditTrail {
    private final Clock clock;
    private final CurrentAccount current;
    private final EntityManager entities;

    AuditTrail(Clock clock, CurrentAccount current, EntityManager entities) {
        this.clock = clock;
        this.current = current;
        this.entities = entities;
    }

    /**
     * Somebody in the trail.
     *
     * @param login null, as the name, where the person was forgotten
     */
    public record Person(UUID pseudonym, String login, String name) {

        static Person of(UUID pseudonym, Account account) {
            return pseudonym == null ? null : new Person(
                    pseudonym, account == null ? null : account.login, account == null ? null : account.displayName);
        }
    }

    /**
     * One change.
     *
     * @param project slug of the project that it was made in; null for what concerns an account as a whole
     * @param action the code of an {@link AuditAction}
     * @param actor who did it; null for a command, or somebody new who followed an invitation
     * @param byToken whether the actor's program did it
     * @param subject whom it was done to; null for nobody in particular
     * @param detail roles, tags and numbers; {@code from} and {@code to} where something was replaced
     */
    public record Entry(long id, Instant at, String project, String action, Person actor, boolean byToken,
            Person subject, Map<String, Object> detail) {}

    /** Writes down what the account behind the request does to an account as a whole. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(AuditAction action, Long subject, Map<String, Object> detail) {
        record(action, null, subject, detail);
    }

    /**
     * Writes down what the account behind the request does in a project.
     *
     * @param project null for what concerns an account as a whole
     * @param subject id of the account that it is done to; null for nobody in particular
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(AuditAction action, Long project, Long subject, Map<String, Object> detail) {
        boolean asked = Arc.container().requestContext().isActive();
        AuditEvent event = new AuditEvent();
        event.at = clock.instant();
        event.projectId = project;
        event.actor = asked ? current.find().map(account -> account.pseudonym).orElse(null) : null;
        event.byToken = asked && current.isByToken();
        event.action = action.code();
        event.subject = subject == null ? null : Account.<Account>findById(subject).pseudonym;
        event.detail = detail;
        event.persist();
    }

    /** The filters of {@link #list}, by which each list refuses others. */
    public static final String[] FILTERS = {"after", "limit", "action", "actor", "account", "since", "until"};

    /**
     * Changes, newest first.
     *
     * @param project null for all of them, also those of accounts
     * @param filters after (an entry's id), action, actor and account (logins), since, until
     */
    @Transactional
    public Page<Entry> list(Long project, Filters filters, int limit) {
        Conditions wanted = Conditions.of("e.id < :after", "after", filters.whole("after").orElse(Long.MAX_VALUE))
                .and("e.projectId = :project", "project", Optional.ofNullable(project))
                .and("e.action = :action", "action", filters.oneOf("action", AuditAction.codes()))
                .and("actor.login = :actor", "actor", filters.text("actor"))
                .and("subject.login = :account", "account", filters.text("account"))
                .and("e.at >= :since", "since", filters.moment("since"))
                .and("e.at < :until", "until", filters.moment("until"));
        TypedQuery<Object[]> query = entities.createQuery("""
                select e, p.slug, actor, subject
                  from AuditEvent e
                  left join Project p on p.id = e.projectId
                  left join Account actor on actor.pseudonym = e.actor
                  left join Account subject on subject.pseudonym = e.subject
                 where %s
                 order by e.id desc""".formatted(wanted.text()), Object[].class);
        wanted.parameters().forEach(query::setParameter);
        List<Entry> found = query.setMaxResults(limit + 1).getResultStream().map(AuditTrail::entry).toList();
        return Page.of(found, limit, Entry::id);
    }

    private static Entry entry(Object[] row) {
        AuditEvent event = (AuditEvent) row[0];
        return new Entry(event.id, event.at, (String) row[1], event.action, Person.of(event.actor, (Account) row[2]),
                event.byToken, Person.of(event.subject, (Account) row[3]), event.detail);
    }
}

package dev.ratchet.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.registry.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Follows what models learned from: from a rating to the versions that used it, and from a version back to its ratings.
 */
@ApplicationScoped
public class Lineage {
    /** Versions that a run made from a snapshot, and all that were made from those as base or as reward model. */
    private static final String DESCENDANTS =
            """
            with recursive used(id) as (
                select v.id from model_version v join run r on r.id = v.run_id
                join snapshot_rating s on s.snapshot_id = r.snapshot_id
                where s.rating_id = any(cast(string_to_array(?1, ',') as uuid[]))
                union
                select v.id from used join run r on r.reward_version_id = used.id or r.base_version_id = used.id
                join model_version v on v.run_id = r.id
            )
            """;

    private static final String AMONG = "rating_id = any(cast(string_to_array(?1, ',') as uuid[]))";

    private static final String ANCESTORS =
            """
            with recursive made(id) as (
                select cast(?1 as bigint)
                union
                select a.id from made join model_version v on v.id = made.id left join run r on r.id = v.run_id
                join model_version a on a.id = v.parent_id or a.id = r.reward_version_id
            )
            """;

    @Inject
    EntityManager entities;

    @Inject
    Versions versions;

    /** A snapshot in a lineage, with how many ratings it holds. */
    public record SnapshotStep(long id, String digest, int trainPairs, int evalPairs, Instant createdAt) {}

    /** A run in a lineage. */
    public record RunStep(long id, String kind, String status, Long snapshotId, Long producedVersionId) {}

    /** A version in a lineage; {@code champion} says whether it is the champion now. */
    public record VersionStep(long id, String name, String kind, String digest, Long parentId, Long runId,
            boolean champion) {}

    /** A move of an alias in a lineage. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PromotionStep(
            String alias, int revision, long versionId, Long evaluationId, String actor, String reason, Instant at) {}

    /** A rating's revision that a snapshot holds. */
    public record RatingStep(UUID ratingId, int revision, long snapshotId) {}

    /** Where a rating went. */
    public record OfRating(
            UUID ratingId,
            List<SnapshotStep> snapshots,
            List<RunStep> runs,
            List<VersionStep> versions,
            List<PromotionStep> promotions) {}

    /** Where several ratings went. */
    public record OfRatings(
            List<SnapshotStep> snapshots, List<RunStep> runs, List<VersionStep> versions,
            List<PromotionStep> promotions) {}

    /** What a version was made from, with its ancestors. */
    public record OfVersion(
            VersionStep version,
            List<VersionStep> ancestors,
            List<RunStep> runs,
            List<SnapshotStep> snapshots,
            List<RatingStep> ratings,
            List<PromotionStep> promotions) {}

    /** The snapshots, runs, versions and promotions that a rating has a part in; all empty if no snapshot holds it. */
    @Transactional
    public OfRating ofRating(UUID ratingId) {
        OfRatings of = ofRatings(List.of(ratingId));
        return new OfRating(ratingId, of.snapshots(), of.runs(), of.versions(), of.promotions());
    }

    /** What ratings have a part in, taken together. */
    @Transactional
    public OfRatings ofRatings(Collection<UUID> ratings) {
        String key = ratings.stream().map(UUID::toString).collect(Collectors.joining(","));
        List<SnapshotStep> snapshots = snapshots(
                "select s.* from snapshot s where s.id in (select snapshot_id from snapshot_rating where " + AMONG + ")"
                        + " order by s.id",
                key);
        List<RunStep> runs = runs(
                DESCENDANTS
                        + """
                        select r.* from run r where r.snapshot_id in (select snapshot_id from snapshot_rating where %s)
                        or r.id in (select v.run_id from model_version v join used on used.id = v.id)
                        or r.candidate_version_id in (select id from used) order by r.id
                        """.formatted(AMONG),
                key);
        List<VersionStep> used =
                versions(DESCENDANTS + VERSION_COLUMNS + " where v.id in (select id from used) order by v.id", key);
        List<PromotionStep> promotions = promotions(
                DESCENDANTS + "select c.* from alias_change c where c.to_version_id in (select id from used)"
                        + " order by c.id",
                key);
        return new OfRatings(snapshots, runs, used, promotions);
    }

    /** Everything that a version was made from; 404 {@code version-unknown} if there is none with this id. */
    @Transactional
    public OfVersion ofVersion(long versionId) {
        versions.get(versionId);
        List<VersionStep> made =
                versions(ANCESTORS + VERSION_COLUMNS + " where v.id in (select id from made) order by v.id", versionId);
        String itsRuns = "(select v.run_id from model_version v join made on made.id = v.id)";
        String itsSnapshots = "(select r.snapshot_id from run r where r.id in " + itsRuns + ")";
        return new OfVersion(
                made.stream().filter(step -> step.id() == versionId).findFirst().orElseThrow(),
                made.stream().filter(step -> step.id() != versionId).toList(),
                runs(ANCESTORS + "select r.* from run r where r.id in " + itsRuns + " order by r.id", versionId),
                snapshots(
                        ANCESTORS + "select s.* from snapshot s where s.id in " + itsSnapshots + " order by s.id",
                        versionId),
                ratings(
                        ANCESTORS + "select s.* from snapshot_rating s where s.snapshot_id in " + itsSnapshots
                                + " order by s.snapshot_id, s.rating_id",
                        versionId),
                promotions("select c.* from alias_change c where c.to_version_id = ?1 order by c.id", versionId));
    }

    /** How many ratings that were retracted afterwards a version learned from, itself or by its ancestors. */
    @Transactional
    public long retractedOf(long versionId) {
        return count(ANCESTORS + """
                select count(distinct x.rating_id) from made join model_version v on v.id = made.id
                join run r on r.id = v.run_id join snapshot_rating s on s.snapshot_id = r.snapshot_id
                join retracted_rating x on x.rating_id = s.rating_id and x.revision > s.revision
                """, versionId);
    }

    private long count(String sql, Object key) {
        return ((Number) entities.createNativeQuery(sql).setParameter(1, key).getSingleResult()).longValue();
    }

    private static final String VERSION_COLUMNS = "select v.*, exists (select 1 from model_alias a"
            + " where a.version_id = v.id and a.name = 'champion') as champion from model_version v";

    private List<SnapshotStep> snapshots(String sql, Object key) {
        return rows(sql, key).stream()
                .map(row -> new SnapshotStep(
                        number(row, "id"),
                        row.get("digest", String.class),
                        row.get("train_pairs", Integer.class),
                        row.get("eval_pairs", Integer.class),
                        row.get("created_at", Instant.class)))
                .toList();
    }

    private List<RunStep> runs(String sql, Object key) {
        return rows(sql, key).stream()
                .map(row -> new RunStep(
                        number(row, "id"),
                        row.get("kind", String.class),
                        row.get("status", String.class),
                        number(row, "snapshot_id"),
                        number(row, "produced_version_id")))
                .toList();
    }

    private List<VersionStep> versions(String sql, Object key) {
        return rows(sql, key).stream()
                .map(row -> new VersionStep(
                        number(row, "id"),
                        row.get("name", String.class),
                        row.get("kind", String.class),
                        row.get("digest", String.class),
                        number(row, "parent_id"),
                        number(row, "run_id"),
                        row.get("champion", Boolean.class)))
                .toList();
    }

    private List<PromotionStep> promotions(String sql, Object key) {
        return rows(sql, key).stream()
                .map(row -> new PromotionStep(
                        row.get("alias", String.class),
                        row.get("revision", Integer.class),
                        number(row, "to_version_id"),
                        number(row, "evaluation_id"),
                        row.get("actor", String.class),
                        row.get("reason", String.class),
                        row.get("created_at", Instant.class)))
                .toList();
    }

    private List<RatingStep> ratings(String sql, Object key) {
        return rows(sql, key).stream()
                .map(row -> new RatingStep(
                        row.get("rating_id", UUID.class), row.get("revision", Integer.class),
                        number(row, "snapshot_id")))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private List<Tuple> rows(String sql, Object key) {
        return entities.createNativeQuery(sql, Tuple.class).setParameter(1, key).getResultList();
    }

    private static Long number(Tuple row, String column) {
        Number value = row.get(column, Number.class);
        return value == null ? null : value.longValue();
    }
}

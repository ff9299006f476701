package dev.ratchet.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/** A version for programs; lists leave the manifest out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionView(
        long id,
        String name,
        String kind,
        Long parentId,
        Long runId,
        String digest,
        Instant createdAt,
        Map<String, Object> manifest) {

    static VersionView brief(ModelVersion version) {
        return of(version, null);
    }

    static VersionView whole(ModelVersion version) {
        return of(version, version.manifest);
    }

    private static VersionView of(ModelVersion version, Map<String, Object> manifest) {
        return new VersionView(
                version.id,
                version.name,
                version.kind,
                version.parentId,
                version.runId,
                version.digest,
                version.createdAt,
                manifest);
    }
}

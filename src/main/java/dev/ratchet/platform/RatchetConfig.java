package dev.ratchet.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Set;

/** The application's own settings; everything else is Quarkus'. */
@ConfigMapping(prefix = "ratchet")
public interface RatchetConfig {

    /** The folder in which everything lives: database, stream, artefacts, runs. */
    @WithDefault("data")
    Path data();

    /** What this process does. */
    @WithDefault("web,stream,trainer,serving")
    Set<ApplicationRole> roles();
}

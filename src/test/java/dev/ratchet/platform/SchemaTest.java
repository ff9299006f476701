package dev.ratchet.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import org.junit.jupiter.api.Test;

/** The migrations make the schema that the entities expect: Hibernate validates it when the application starts. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SchemaTest {

    @Inject
    EntityManager entities;

    @Test
    @Transactional
    void everyEntityCanBeQueried() {
        assertThat(entities.getMetamodel().getEntities()).isNotEmpty().allSatisfy(entity -> assertThat(
                        entities.createQuery("from " + entity.getName(), entity.getJavaType()).setMaxResults(1).getResultList())
                .hasSizeLessThanOrEqualTo(1));
    }
}

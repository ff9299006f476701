package dev.ratchet.project;

import jakarta.persistence.EntityManager;
import java.util.Optional;

/**
 * Things that belong to a project but have an address of their own, such as runs by their number: a bean for each kind
 * says whose they are, so that what an account may do in the project holds there too.
 */
public interface OwnAddress {
    /** What stands before the id in the address, below {@code /} and {@code /api/}: {@code runs}. */
    String kind();

    /** The slug of the thing's project; empty where there is no such thing, or the id cannot be one. */
    Optional<String> projectOf(String id);

    /**
     * Things with a number, in a table that says whose each is.
     *
     * @param table has the columns {@code id} and {@code project_id}; of the code, never from outside
     */
    static OwnAddress numbered(EntityManager entities, String kind, String table) {
        return new Numbered(entities, kind, table);
    }

    /** A row of a table, by its id. */
    record Numbered(EntityManager entities, String kind, String table) implements OwnAddress {

        @Override
        public Optional<String> projectOf(String id) {
            return number(id).flatMap(number -> entities.createNativeQuery("select p.slug from " + table
                            + " x join project p on p.id = x.project_id where x.id = :id", String.class)
                    .setParameter("id", number)
                    .getResultStream().map(String.class::cast).findFirst());
        }

        /** A number as resources read it from their address: with any sign and script of digits that Java takes. */
        private static Optional<Long> number(String id) {
            try {
                return Optional.of(Long.valueOf(id));
            } catch (NumberFormatException unreadable) {
                return Optional.empty();
            }
        }
    }
}

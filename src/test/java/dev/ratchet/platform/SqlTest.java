package dev.ratchet.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SqlTest {
    @Inject
    Sql sql;

    @Test
    void anExchangeAnswersEachOfItsStatementsAndLaterOnesSeeWhatEarlierOnesDid() {
        QuarkusTransaction.requiringNew().run(() -> {
            sql.of("create temporary table noted (what text) on commit drop").update();
            Sql.Exchange exchange = sql.exchange();
            Supplier<Optional<Long>> before = exchange.first(sql.of("select count(*) from noted"), row -> row.getLong(1));
            Supplier<Integer> written = exchange.update(
                    sql.of("insert into noted values (:one), (:two), (:one)").set("one", "a").set("two", "b"));
            Supplier<Optional<String>> after = exchange.first(
                    sql.of("select string_agg(what, '' order by what) from noted where what <> :not").set("not", "c"),
                    row -> row.getString(1));
            Supplier<Optional<String>> none = exchange.first(
                    sql.of("select what from noted where what = :what").set("what", "c"), row -> row.getString(1));
            exchange.run();
            assertEquals(Optional.of(0L), before.get());
            assertEquals(3, written.get());
            assertEquals(Optional.of("aab"), after.get());
            assertEquals(Optional.empty(), none.get());
        });
    }

    @Test
    void anExchangeThatTheDatabaseRefusesChangesNothing() {
        QuarkusTransaction.requiringNew().run(() -> sql.of("create table if not exists noted_for_good (what text)").update());
        assertThrows(IllegalStateException.class, () -> QuarkusTransaction.requiringNew().run(() -> {
            Sql.Exchange exchange = sql.exchange();
            exchange.update(sql.of("insert into noted_for_good values ('a')"));
            exchange.first(sql.of("select 1 / (select count(*) from noted_for_good where what = 'b')"), row -> row.getLong(1));
            exchange.run();
        }));
        Optional<Long> left = sql.of("select count(*) from noted_for_good").first(row -> row.getLong(1));
        sql.of("drop table noted_for_good").update();
        assertEquals(Optional.of(0L), left);
    }
}

package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock over HTTP, on a source of time that runs and on a manual one. */
@Timeout(60)
class AdminTimeTest {

  private static final String NEW_YEAR = "2026-01-01T00:00:00Z";

  private final RunningTime base = new RunningTime();
  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder()
          .time(base)
          .transitionTime(Duration.ofMinutes(1))
          .admin(true)
          .start();
  private final AdminCaller admin = AdminCaller.of(simulator.url());
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private static String json(String mode, Instant now, String elapsed) {
    return "{\"mode\":\"%s\",\"now\":\"%s\",\"elapsed\":\"%s\"}".formatted(mode, now, elapsed);
  }

  @Test
  void time_ofRunningBase_runs() {
    Instant start = base.now();
    assertThat(admin.get("time").body()).isEqualTo(json("real", start, "PT0S"));
    base.run(Duration.ofMillis(1500));
    assertThat(admin.get("time").body()).isEqualTo(json("real", start.plusMillis(1500), "PT1.5S"));
  }

  @Test
  void manual_thenReal_standsStillThenRunsOn() {
    Instant start = base.now();
    assertThat(admin.patch("time", "{\"mode\":\"manual\"}").body())
        .isEqualTo(json("manual", start, "PT0S"));
    base.run(Duration.ofHours(1));
    assertThat(admin.get("time").body()).isEqualTo(json("manual", start, "PT0S"));
    assertThat(admin.patch("time", "{\"mode\":\"real\"}").body())
        .isEqualTo(json("real", start, "PT0S"));
    base.run(Duration.ofHours(1));
    assertThat(admin.get("time").body())
        .isEqualTo(json("real", start.plus(Duration.ofHours(1)), "PT1H"));
  }

  @Test
  void advance_manual_movesTransitionsAndExpiry() {
    admin.patch("time", "{\"mode\":\"manual\"}");
    space.deploy(Bodies.paid("a"));
    Instant start = base.now();
    assertThat(admin.post("time/advance", "{\"by\":\"59s\"}").body())
        .isEqualTo(json("manual", start.plusSeconds(59), "PT59S"));
    space.get("a").isCluster("a", "starting");
    admin.post("time/advance", "{\"by\":\"1s\"}");
    space.get("a").isCluster("a", "running");
    admin.post("time/advance", "{\"by\":\"58m\"}");
    assertThat(space.list().status()).isEqualTo(200);
    admin.post("time/advance", "{\"by\":\"PT1M\"}");
    assertThat(space.list().status()).isEqualTo(401);
  }

  @Test
  void advance_real_movesTransitionsToo() {
    space.deploy(Bodies.paid("a"));
    base.run(Duration.ofSeconds(30));
    admin.post("time/advance", "{\"by\":\"30s\"}");
    space.get("a").isCluster("a", "running");
    assertThat(admin.get("time").json().path("mode").asText()).isEqualTo("real");
  }

  @Test
  void now_set_movesTheWallClockOnly() {
    space.deploy(Bodies.paid("a"));
    assertThat(admin.patch("time", "{\"now\":\"2036-01-01T01:00:00+01:00\"}").body())
        .isEqualTo(json("real", Instant.parse("2036-01-01T00:00:00Z"), "PT0S"));
    Response get = space.get("a");
    get.isCluster("a", "starting");
    assertThat(get.date()).isEqualTo("Tue, 01 Jan 2036 00:00:00 GMT");
    assertThat(space.deploy(Bodies.paid("b")).json().path("createdAt").asLong())
        .isEqualTo(Instant.parse("2036-01-01T00:00:00Z").toEpochMilli());
  }

  @Test
  void mode_andNow_changeTogetherOrNotAtAll() {
    assertThat(admin.patch("time", AdminBodies.TIME).body())
        .isEqualTo(json("manual", Instant.parse(NEW_YEAR), "PT0S"));
    String invalid = "{\"mode\":\"real\",\"now\":\"+10000-01-01T00:00:00Z\"}";
    assertThat(admin.patch("time", invalid).status()).isEqualTo(400);
    assertThat(admin.get("time").body()).isEqualTo(json("manual", Instant.parse(NEW_YEAR), "PT0S"));
    assertThat(admin.patch("time", "{}").body())
        .isEqualTo(json("manual", Instant.parse(NEW_YEAR), "PT0S"));
  }

  @Test
  void advance_tooFar_isRejected() {
    admin.patch("time", "{\"now\":\"9999-12-31T23:59:59Z\"}");
    AdminCaller.Response response = admin.post("time/advance", "{\"by\":\"1s\"}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).contains("9999");
    admin.patch("time", "{\"now\":\"" + NEW_YEAR + "\"}");
    assertThat(admin.post("time/advance", "{\"by\":\"36500d\"}").status()).isEqualTo(200);
    assertThat(admin.post("time/advance", "{\"by\":\"1ms\"}").status()).isEqualTo(400);
    space.list();
    assertThat(admin.get("time").json().path("elapsed").asText()).isEqualTo("PT876000H");
  }

  @Test
  void manualTimeOfTheBuilder_isMovedAndStaysManual() {
    ManualTime time = new ManualTime(Instant.parse(NEW_YEAR));
    try (TypeDBCloudSimulator manual =
        TypeDBCloudSimulator.builder().time(time).admin(true).start()) {
      AdminCaller caller = AdminCaller.of(manual.url());
      caller.post("time/advance", "{\"by\":\"1d\"}");
      assertThat(time.elapsed()).isEqualTo(Duration.ofDays(1));
      caller.patch("time", "{\"now\":\"2030-01-01T00:00:00Z\"}");
      assertThat(time.now()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
      time.advance(Duration.ofHours(1));
      assertThat(caller.get("time").body())
          .isEqualTo(json("manual", Instant.parse("2030-01-01T01:00:00Z"), "PT25H"));
      AdminCaller.Response real =
          caller.patch("time", "{\"mode\":\"real\",\"now\":\"2031-01-01T00:00:00Z\"}");
      assertThat(real.status()).isEqualTo(409);
      assertThat(real.message()).contains("ManualTime");
      assertThat(time.now()).isEqualTo(Instant.parse("2030-01-01T01:00:00Z"));
    }
  }

  @Test
  void reset_clock_returnsToModeAndWallClock() {
    Instant start = base.now();
    admin.patch("time", AdminBodies.TIME);
    admin.post("reset", "{\"parts\":[\"clock\"]}");
    assertThat(admin.get("time").body()).isEqualTo(json("real", start, "PT0S"));
  }
}

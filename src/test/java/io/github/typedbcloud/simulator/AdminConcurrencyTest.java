package io.github.typedbcloud.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.typedbcloud.support.AdminCaller;
import io.github.typedbcloud.support.ParallelTasks;
import io.github.typedbcloud.time.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The admin API while clients use the service and other tests use the admin API. */
@Timeout(60)
class AdminConcurrencyTest {

  private static final int ROUNDS = 25;

  private final TypeDBCloudSimulator simulator =
      TypeDBCloudSimulator.builder().time(new ManualTime()).admin(true).start();
  private final AdminCaller admin = AdminCaller.of(simulator.url());
  private final Caller space = Caller.space(simulator);

  @AfterEach
  void close() {
    simulator.close();
  }

  private static Callable<Void> rounds(Callable<Integer> call) {
    return () -> {
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(call.call()).isLessThan(500);
      }
      return null;
    };
  }

  @Test
  void resetAndSeed_duringWritesAndFaults_leaveACleanState() {
    List<String> before = state();
    List<Callable<Void>> work =
        List.of(
            rounds(() -> admin.post("reset", "").status()),
            rounds(() -> admin.post("seed", AdminBodies.SEED).status()),
            rounds(() -> admin.post("faults", AdminBodies.always("clusterStatus")).status()),
            rounds(() -> admin.get("faults").status() + admin.delete("faults").status() - 204),
            rounds(() -> admin.post("clusters", "{\"id\":\"plain\"}").status()),
            rounds(() -> admin.post("tokens", AdminBodies.TOKEN).status()),
            rounds(() -> admin.patch("settings", AdminBodies.SETTINGS).status()),
            rounds(() -> space.deploy(Bodies.paid("plain")).status()),
            rounds(() -> space.destroy("plain").status()));
    ParallelTasks.each(work.size(), work::get).results();
    admin.post("reset", "");
    assertThat(state()).isEqualTo(before);
    assertThat(space.list().body()).isEqualTo("[]");
  }

  private List<String> state() {
    List<String> state = new ArrayList<>();
    for (String path : List.of("clusters", "settings", "versions", "catalog", "faults", "time")) {
      state.add(admin.get(path).body());
    }
    return state;
  }

  @RepeatedTest(5)
  void settings_changedInParallel_noneIsLost() {
    String seed = "{\"settings\":{\"transitionTimes\":{\"%s\":\"7m\"}}}";
    List<String> fields = List.of("starting", "suspending", "resuming", "destroying");
    ParallelTasks.each(
            fields.size(),
            number ->
                () -> {
                  String json = seed.formatted(fields.get(number));
                  return number % 2 == 0
                      ? admin.post("seed", json)
                      : admin.patch("settings", json.substring(12, json.length() - 1));
                })
        .results();
    assertThat(admin.get("settings").json().path("transitionTimes").toString())
        .isEqualTo(
            "{\"starting\":\"PT7M\",\"suspending\":\"PT7M\",\"resuming\":\"PT7M\","
                + "\"destroying\":\"PT7M\"}");
  }

  @Test
  void seeds_inConflict_areAppliedWholeOrNot() {
    List<Integer> statuses =
        ParallelTasks.each(
                8,
                number ->
                    () ->
                        admin
                            .post(
                                "seed",
                                ("{\"spaces\":[{\"teamID\":\"t\",\"spaceID\":\"s%s\"}],"
                                        + "\"tokens\":[{\"clientId\":\"one\",\"clientSecret\":\"s\",\"level\":\"read\"}],"
                                        + "\"clusters\":[{\"id\":\"c%s\"}]}")
                                    .formatted(number, number))
                            .status())
            .results();
    assertThat(statuses).containsOnly(204, 409).containsOnlyOnce(204);
    String winner = Integer.toString(statuses.indexOf(204));
    assertThat(admin.get("clusters").json().path("clusters").findValuesAsText("id"))
        .containsExactly("c" + winner);
    assertThat(simulator.toString()).containsOnlyOnce("space t/s").contains("space t/s" + winner);
  }

  @Test
  void tokens_addedInParallelWithOneId_oneIsAdded() {
    List<Integer> statuses =
        ParallelTasks.of(8, () -> admin.post("tokens", AdminBodies.TOKEN).status()).results();
    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
  }

  @Test
  void faults_occurrences_addUp() {
    String rule = "{\"times\":40,\"faults\":[{\"type\":\"respond\",\"status\":418}]}";
    for (int i = 0; i < 2; i++) {
      admin.post("faults", rule);
    }
    List<List<Integer>> statuses =
        ParallelTasks.of(
                4,
                () -> {
                  List<Integer> seen = new ArrayList<>();
                  for (int i = 0; i < ROUNDS; i++) {
                    seen.add(space.list().status());
                    admin.get("faults");
                  }
                  return seen;
                })
            .results();
    assertThat(statuses.stream().flatMap(List::stream).filter(status -> status == 418)).hasSize(80);
    JsonNode faults = admin.get("faults").json();
    assertThat(faults.path("occurrences").asInt()).isEqualTo(80);
    assertThat(faults.path("faults").findValuesAsText("occurrences")).containsExactly("40", "40");
    assertThat(admin.get("requests?operation=list").json().path("count").asInt())
        .isEqualTo(4 * ROUNDS);
  }
}

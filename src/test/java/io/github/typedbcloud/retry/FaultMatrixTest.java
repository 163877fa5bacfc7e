package io.github.typedbcloud.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.typedbcloud.retry.FaultCell.Place;
import io.github.typedbcloud.retry.FaultCell.Seen;
import io.github.typedbcloud.support.ApiCall;
import io.github.typedbcloud.support.SilentLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Every fault, at every place, against every operation of both API versions: what the user gets,
 * how often the service was asked, and what it has in the end.
 */
class FaultMatrixTest {

  private static final Path TABLE = Path.of("target", "fault-matrix.md");

  /** Enough to keep two cores busy while some cells wait for a response. */
  private static final int WORKERS = 8;

  /** For the cells that only wait until their deadline, by the clock of the machine. */
  private static final int HANGING_WORKERS = 68;

  /**
   * How many cells run before the hanging ones, which have little time for anything but waiting.
   */
  private static final int WARM_UP = 100;

  @Test
  void matrix_everyCell_isAsPromised() throws Exception {
    List<FaultCell> cells = cells();
    Map<FaultCell, Seen> seen = SilentLog.during(() -> run(cells));
    write(seen);

    SoftAssertions softly = new SoftAssertions();
    seen.forEach((cell, result) -> check(softly, cell, result));
    int wrong = softly.assertionErrorsCollected().size();
    System.out.printf(
        "Fault matrix: %s cells (%s faults, %s places, %s operations), %s as promised; %s%n",
        seen.size(),
        FaultCase.values().length,
        Place.values().length,
        ApiCall.values().length,
        wrong == 0 ? "all" : "not all",
        TABLE);
    softly.assertAll();
    assertThat(seen)
        .hasSize(FaultCase.values().length * Place.values().length * ApiCall.values().length);
    assertThat(threadsOfClients()).isEmpty();
  }

  private static void check(SoftAssertions softly, FaultCell cell, Seen seen) {
    FaultExpectation promise = FaultExpectation.of(cell);
    if (promise.exception() == null) {
      softly.assertThat(seen.failure()).as("%s: failure", cell).isNull();
    } else {
      softly
          .assertThat(seen.failure())
          .as("%s: failure", cell)
          .isExactlyInstanceOf(promise.exception());
    }
    softly.assertThat(seen.done()).as("%s: done", cell).isEqualTo(promise.done());
    softly.assertThat(seen.doubled()).as("%s: done twice", cell).isFalse();
    softly
        .assertThat(seen.requests())
        .as("%s: requests", cell)
        .isBetween((long) promise.requests(), (long) promise.mostRequests());
    if (cell.call().isRead()) {
      softly
          .assertThat(seen.readings())
          .as("%s: other requests", cell)
          .isEqualTo(FaultExpectation.otherRequestsOfRead(cell));
    }
    softly.assertThat(seen.inTime()).as("%s: in time", cell).isTrue();
    softly.assertThat(seen.connectionsInUse()).as("%s: connections", cell).isLessThanOrEqualTo(1);
    softly.assertThat(seen.connectionsLeft()).as("%s: connections left", cell).isZero();
  }

  private static List<FaultCell> cells() {
    List<FaultCell> cells = new ArrayList<>();
    for (FaultCase fault : FaultCase.values()) {
      for (Place place : Place.values()) {
        for (ApiCall call : ApiCall.values()) {
          cells.add(new FaultCell(fault, place, call));
        }
      }
    }
    return cells;
  }

  private static Map<FaultCell, Seen> run(List<FaultCell> cells) throws Exception {
    List<FaultCell> hanging = cells.stream().filter(cell -> cell.fault().kind.hangs()).toList();
    List<FaultCell> others = cells.stream().filter(cell -> !cell.fault().kind.hangs()).toList();
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    ExecutorService hangingWorkers = Executors.newFixedThreadPool(HANGING_WORKERS);
    try (PreparedSimulators simulators = new PreparedSimulators()) {
      Map<FaultCell, Future<Seen>> running = new LinkedHashMap<>();
      for (FaultCell cell : others) {
        running.put(cell, workers.submit(() -> cell.run(simulators)));
      }
      running.get(others.get(WARM_UP)).get();
      for (FaultCell cell : hanging) {
        running.put(cell, hangingWorkers.submit(() -> cell.run(simulators)));
      }
      Map<FaultCell, Seen> seen = new LinkedHashMap<>();
      for (Map.Entry<FaultCell, Future<Seen>> cell : running.entrySet()) {
        seen.put(cell.getKey(), cell.getValue().get());
      }
      return seen;
    } finally {
      workers.shutdownNow();
      hangingWorkers.shutdownNow();
    }
  }

  private static List<String> threadsOfClients() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("typedb-cloud-client"))
        .toList();
  }

  private static void write(Map<FaultCell, Seen> seen) throws IOException {
    StringBuilder table =
        new StringBuilder(
            """
            # The fault matrix

            The outcome of every operation under every fault. In a cell: the result (`ok`, or the
            exception), how many token exchanges, requests for the operation, and other requests
            came, and whether the write was done in the end.

            """);
    for (Place place : Place.values()) {
      table.append("## ").append(place).append("\n\n| |");
      Stream.of(ApiCall.values()).forEach(call -> table.append(' ').append(call).append(" |"));
      table.append("\n|---|").append("---|".repeat(ApiCall.values().length)).append('\n');
      for (FaultCase fault : FaultCase.values()) {
        table.append("| ").append(fault).append(" | ");
        table.append(
            Stream.of(ApiCall.values())
                .map(call -> seen.get(new FaultCell(fault, place, call)).inShort())
                .collect(Collectors.joining(" | ")));
        table.append(" |\n");
      }
      table.append('\n');
    }
    Files.createDirectories(TABLE.getParent());
    Files.writeString(TABLE, table);
  }
}

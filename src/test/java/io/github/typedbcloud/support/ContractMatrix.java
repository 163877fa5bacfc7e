package io.github.typedbcloud.support;

import io.github.typedbcloud.model.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The matrix of the API reference, written out apart from the catalogs that the library bundles.
 */
public final class ContractMatrix {

  private static final String TABLE =
      """
      gcp | c2d-highcpu-2  | yes | europe-west2 europe-west3 us-west4 us-east1
      gcp | c2d-highcpu-4  | no  | europe-west2 europe-west3 us-west4 us-east1
      gcp | c2d-highcpu-8  | no  | europe-west2 europe-west3 us-west4 us-east1
      gcp | c2d-highcpu-16 | no  | europe-west2 europe-west3 us-west4 us-east1
      aws | c7g.large      | yes | eu-west-2
      aws | c7g.xlarge     | no  | eu-west-2
      aws | c7g.2xlarge    | no  | eu-west-2
      aws | c7g.4xlarge    | no  | eu-west-2
      aws | c8g.large      | yes | us-west-2 us-east-1 eu-central-1
      aws | c8g.xlarge     | no  | us-west-2 us-east-1 eu-central-1
      aws | c8g.2xlarge    | no  | us-west-2 us-east-1 eu-central-1
      aws | c8g.4xlarge    | no  | us-west-2 us-east-1 eu-central-1
      """;

  /** One row of the matrix. */
  public record Row(Provider provider, String machineType, boolean free, List<String> regions) {}

  /** A machine type in one of its regions. */
  public record Offer(Provider provider, String machineType, boolean free, String region) {}

  private ContractMatrix() {}

  public static List<Row> rows() {
    return TABLE.lines().map(ContractMatrix::row).toList();
  }

  public static List<Offer> offers() {
    List<Offer> offers = new ArrayList<>();
    for (Row row : rows()) {
      for (String region : row.regions()) {
        offers.add(new Offer(row.provider(), row.machineType(), row.free(), region));
      }
    }
    return offers;
  }

  public static List<Row> rowsOf(Provider provider) {
    return rows().stream().filter(row -> row.provider().equals(provider)).toList();
  }

  public static List<String> machineTypes() {
    return distinct(row -> List.of(row.machineType()));
  }

  public static List<String> regions() {
    return distinct(Row::regions);
  }

  /** The one storage type of a provider in the API that the scope speaks. */
  public static String storageType(Provider provider, boolean spaces) {
    if (provider.equals(Provider.GCP)) {
      return "standard-rwo";
    }
    return spaces ? "gp2-csi" : "gp2";
  }

  private static Row row(String line) {
    String[] cells = line.split("\\s*\\|\\s*", -1);
    return new Row(
        Provider.of(cells[0]),
        cells[1],
        cells[2].equals("yes"),
        List.of(cells[3].strip().split(" ", -1)));
  }

  private static List<String> distinct(Function<Row, List<String>> column) {
    return rows().stream().flatMap(row -> column.apply(row).stream()).distinct().toList();
  }
}

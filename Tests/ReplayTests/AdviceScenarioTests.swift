import Domain
import Insights
import Testing

@testable import Replay

@Suite struct AdviceScenarioTests {
  private func why(_ rule: AdviceRule, offered: String? = nil, _ history: History) -> AdviceScenario.Unreplayable? {
    do {
      _ = try rule.yaml("on-demand", offered: offered, history)
      return nil
    } catch { return error }
  }

  @Test("Smaller instances can be replayed if the environment offers one with a size and a price") func smaller()
    throws
  {
    var history = try SmallAccount().recollection().history
    #expect(why(.instanceSize, history) == nil)
    // The one type that it offers is now too large.
    let place = try #require(history.environment(named: "on-demand"))
    for type in history.environments[place].types {
      history.shapes[type].nominal = Resources(milliVCPUs: 48_000, memoryMiB: 98_304)
    }
    #expect(why(.instanceSize, history) == .unknownTypes)
  }

  @Test("A family without a price cannot be replayed, nor can what the model does not know") func reasons() throws {
    let history = try SmallAccount().recollection().history
    #expect(why(.generation, offered: "c5", history) == nil)
    #expect(why(.generation, offered: "m6g", history) == .unknownTypes)
    #expect(why(.packing, history) == .unmodelled)
  }

  @Test("A change that alters no replay is no saving of $0, but no difference") func nothing() throws {
    let recollection = try SmallAccount().recollection()
    let oracle = Oracle(recollection, days: TinyWorld.monday..<(TinyWorld.monday + 1), seeds: 2)
    func answer(_ yaml: String) throws -> Answer {
      try oracle.answer(try ScenarioReader(recollection.history).read(yaml: yaml, name: "s.yaml"))
    }
    #expect(try answer("environments:\n  - name: on-demand\n    largest_vcpus: 64\n").changesNothing)
    #expect(try !answer("environments:\n  - name: on-demand\n    price_factor: 0.5\n").changesNothing)
  }
}

using System.Text.Json.Nodes;
using CsCheck;
using MemU.Reasoning;
using MemU.Reasoning.Llm;

namespace MemU.Tests.Llm;

/// <summary>Whatever shape an answer has, what comes out of it can be stored.</summary>
public sealed class ExtractionFuzzTests
{
    private static readonly string[] Names = ["items", "type", "content", "categories", "source", "happened_at", "caption", "event", "memory", "n"];
    private static readonly string[] Texts =
        ["event", "profile", "Alice moved to Graz.", "", " ", "None", "[]", "I'm sorry, but I can't help with that.", "preferences", "1-99999", "2024-13-45", "0001-01-01", "9999-12-31T23:59:59+14:00", "1", "\uD83D", "a\0b"];

    private static readonly Gen<JsonNode?> Leaf = Gen.Frequency(
        (6, Gen.Int[0, Texts.Length - 1].Select(i => Texts[i]).Select(t => (JsonNode?)JsonValue.Create(t))),
        (2, Gen.Int[-3, 2_000_000_000].Select(i => (JsonNode?)JsonValue.Create(i))),
        (1, Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b))),
        (1, Gen.Const((JsonNode?)null)));

    private int kept;

    [Fact]
    public void Every_item_has_a_wanted_type_real_text_known_categories_and_passages_of_the_segment()
    {
        Value(4).Select(Gen.Int[0, 400], (node, cut) => (Text: node?.ToJsonString() ?? "null", cut)).Sample(
            sample =>
            {
                var text = sample.cut < 100 ? sample.Text[..Math.Min(sample.Text.Length, sample.cut)] : sample.Text;
                Check(text);
                Check($"Here it is:\n```json\n{{\"items\":{text}}}\n```");
                return true;
            },
            iter: 3_000);

        Assert.InRange(kept, 100, int.MaxValue);
    }

    private void Check(string answer)
    {
        var request = ModelUnderTest.Extraction("I moved.", "Nice.") with { WantCaption = true };
        var result = new ExtractionReader(request, request.Passages).Read(TolerantJson.Read(answer), new DropTally("extract"));
        if (result is null)
        {
            return;
        }

        Interlocked.Add(ref kept, result.Items.Count);
        Assert.True(result.Caption is null || MemoryTextGuard.IsStorable(result.Caption, out _));
        Assert.All(result.Items, item =>
        {
            Assert.Contains(item.MemoryType, request.MemoryTypes);
            Assert.True(MemoryTextGuard.IsStorable(item.Content, out var why), why);
            Assert.DoesNotContain('\0', item.Content);
            Assert.All(item.Categories, c => Assert.Contains(c, request.Categories.Select(x => x.Name)));
            Assert.All(item.PassageIds, p => Assert.Contains(p, request.Passages.Select(x => x.Id)));
        });
    }

    // An entry that has the right fields, with whatever in them.
    private static readonly Gen<JsonNode?> Entry = Gen.Select(Often("event"), Often("Alice moved to Graz."), Leaf, Leaf, (type, content, source, date) => (JsonNode?)new JsonObject
    {
        ["type"] = type?.DeepClone(), ["content"] = content?.DeepClone(), ["source"] = source?.DeepClone(), ["happened_at"] = date?.DeepClone(), ["categories"] = new JsonArray("preferences", source?.DeepClone()),
    });

    private static Gen<JsonNode?> Often(string text) => Gen.Frequency((2, Gen.Const(text).Select(t => (JsonNode?)JsonValue.Create(t))), (1, Leaf));

    private static Gen<JsonNode?> Value(int depth) => depth == 0 ? Gen.Frequency((1, Leaf), (1, Entry)) : Gen.Frequency(
        (3, Leaf),
        (3, Entry),
        (3, Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), Value(depth - 1)).Array[0, 5].Select(pairs =>
        {
            var o = new JsonObject();
            foreach (var (name, value) in pairs)
            {
                o[name] = value?.DeepClone();
            }

            return (JsonNode?)o;
        })),
        (3, Value(depth - 1).Array[0, 4].Select(values => (JsonNode?)new JsonArray([.. values.Select(v => v?.DeepClone())]))));
}

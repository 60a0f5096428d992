using System.Text.Json;

namespace MemU.Conformance.Storage;

/// <summary>Random commits, against a model that says plainly what must come out.</summary>
public abstract partial class MemoryStoreSuite
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Any_sequence_of_commits_leaves_what_the_model_says(int seed)
    {
        var scope = new MemoryScope($"seed{seed}");
        var (changes, model) = (new RandomChanges(scope, seed), new ModelSpace(scope));
        var (stored, refused) = (0, 0);

        for (var step = 0; step < 120; step++)
        {
            var next = changes.Next();
            var expected = model.TryApply(next);
            var error = await Record.ExceptionAsync(() => Store.CommitAsync(scope, next, Token));

            Assert.True(error is null or ArgumentException or ConcurrentChangeException, $"Step {step}: {error}");
            Assert.True(expected == error is null, $"Step {step} should have been {(expected ? "stored" : "refused")}: {error?.Message}\n{JsonSerializer.Serialize(next)}");
            Assert.Equal(model.Dump(), await DumpRowsAsync(scope));
            (stored, refused) = expected ? (stored + 1, refused) : (stored, refused + 1);
        }

        // Both kinds must have been tried.
        Assert.InRange(stored, 20, 100);
        Assert.InRange(refused, 20, 100);
    }
}

using Microsoft.Extensions.AI;

namespace MemU.Benchmarks.Data;

/// <summary>Talk between a person and an assistant, made from a seed: ordinary sentences of ordinary length about things that come back.</summary>
internal static class Talk
{
    private static readonly string[] Things =
    [
        "the garden", "my sister Anna", "the quarterly report", "a trip to Lisbon", "the old bicycle", "our dog Milo", "piano lessons", "the flat in Kreuzberg",
        "a peanut allergy", "the marathon in May", "the new laptop", "sourdough bread", "the dentist", "a job interview", "Portuguese grammar", "the leaking tap",
        "a birthday party", "the mountain hut", "train tickets", "the book club", "oat milk", "the tax office", "a stamp collection", "the choir",
    ];

    private static readonly string[] Openings =
        ["I have to think about", "Yesterday I talked to Tom about", "I really like", "I am worried about", "Next week I will take care of", "Do you remember", "I forgot", "We finally finished"];

    private static readonly string[] Details =
    [
        "because it takes more time than I expected", "and it cost {0} euros", "before the {0}th of March", "since my doctor recommended it", "although it rained all day",
        "and everybody was happy with it", "but the shop in street {0} was closed", "so please remind me on Monday", "after work with {0} colleagues", "when I was in room {0}",
    ];

    private static readonly string[] Answers =
        ["Understood, tell me more about", "That sounds good. How is it going with", "I will keep that in mind about", "Would you like to plan something for", "Thanks for telling me about"];

    /// <summary>The words of a message.</summary>
    public static string Text(int seed, long number)
    {
        var random = new Random(HashCode(seed, number));
        var thing = Things[random.Next(Things.Length)];
        return number % 2 == 1
            ? $"{Answers[random.Next(Answers.Length)]} {thing}?"
            : $"{Openings[random.Next(Openings.Length)]} {thing} {string.Format(null, Details[random.Next(Details.Length)], random.Next(2, 900))}. My number for it is {number}.";
    }

    /// <summary>Messages of one conversation.</summary>
    public static IReadOnlyList<ChatMessage> Messages(int seed, long first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ChatMessage((first + i) % 2 == 1 ? ChatRole.Assistant : ChatRole.User, Text(seed, first + i)))];

    /// <summary>A question about something that was talked about.</summary>
    public static string Question(int seed, int number)
    {
        var random = new Random(HashCode(seed, -1 - number));
        return $"What did I say about {Things[random.Next(Things.Length)]} and {Things[random.Next(Things.Length)]}?";
    }

    // The same in every process, unlike System.HashCode.
    private static int HashCode(int seed, long number) => unchecked((int)(((number * 0x9E37_79B1) ^ (seed * 0x85EB_CA6BL)) * 0xC2B2_AE35 >> 7));
}

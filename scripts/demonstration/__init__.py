"""The demonstration: a whole election on the real ballots of Toulouse 2022, by the commands that towns use."""
